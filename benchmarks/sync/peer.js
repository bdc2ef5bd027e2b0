// PouchDB as a peer: a client process replicating with express-pouchdb in a process of its own, both on LevelDB.
// node peer.js server FOLDER PORT | node peer.js client FOLDER PORT RECORDS BATCH   (prints one line of JSON)
"use strict";
const { performance } = require("node:perf_hooks");
const PouchDB = require("pouchdb-node");
const [role, folder, port, records, batch] = process.argv.slice(2);

function serve() {
  const app = require("express")();
  const Kept = PouchDB.defaults({ prefix: folder + "/" });
  const options = { mode: "fullCouchDB", inMemoryConfig: true, logPath: folder + "/log.txt" };
  app.use("/", require("express-pouchdb")(Kept, options));
  app.listen(Number(port), "127.0.0.1");
}

async function replicate() {
  const took = {};
  const timed = async (name, work) => {
    const began = performance.now();
    const result = await work();
    took[name] = (performance.now() - began) / 1000;
    return result;
  };
  const size = { batch_size: Number(batch) };
  const far = new PouchDB(`http://127.0.0.1:${port}/notes${batch}`);
  const here = new PouchDB(`${folder}/here${batch}`);
  const there = new PouchDB(`${folder}/there${batch}`);
  let docs = JSON.parse(require("node:fs").readFileSync(records, "utf8"));
  for (const what of ["new", "updates"]) {
    await here.bulkDocs(docs);
    const sent = await timed(`push ${what}`, () => here.replicate.to(far, size));
    const got = await timed(`pull ${what}`, () => there.replicate.from(far, size));
    if (sent.docs_written !== docs.length || got.docs_written !== docs.length) throw new Error("rows are missing");
    const all = await here.allDocs({ include_docs: true });
    docs = all.rows.map((row) => ({ ...row.doc, text: row.doc.text + "!" }));
  }
  const both = async () => {
    await here.replicate.to(far, size);
    await here.replicate.from(far, size);
  };
  await both(); // the first reads its own changes back; the second is what is measured
  await timed("no-op", both);
  took["client MB"] = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify(took));
}

if (role === "server") serve();
else replicate().catch((error) => { console.error(error); process.exit(1); });
