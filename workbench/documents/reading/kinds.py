"""Media types the reader knows: their Finnish names and the extensions that tell the truth about them."""

from __future__ import annotations

from workbench.i18n import N_, _

UNKNOWN = "application/octet-stream"
EML = "message/rfc822"
MBOX = "application/mbox"
MSG = "application/vnd.ms-outlook"
TNEF = "application/vnd.ms-tnef"
PDF = "application/pdf"
ZIP = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODF = "application/vnd.oasis.opendocument."
ASIC = "application/vnd.etsi.asic-e+zip"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
OFFICE_LOCKED = "application/x-ooxml-encrypted"
OLE = "application/x-ole-storage"
PKCS7_ENCRYPTED = "application/pkcs7-mime; smime-type=enveloped-data"
PKCS7_SIGNED = "application/pkcs7-mime; smime-type=signed-data"
RTF = "application/rtf"
HTML = "text/html"
XML = "application/xml"
TEXT = "text/plain"
CSV = "text/csv"
CALENDAR = "text/calendar"
VCARD = "text/vcard"
EXE = "application/vnd.microsoft.portable-executable"

PROGRAMS = frozenset(
    {
        EXE,
        "application/x-executable",
        "application/x-mach-binary",
        "application/x-ms-shortcut",
        "application/x-script",
    }
)

_LABELS = {
    EML: N_("sähköpostiviesti"),
    MBOX: N_("sähköpostikansio"),
    MSG: N_("Outlook-viesti"),
    TNEF: N_("Outlookin liitepaketti"),
    PDF: N_("PDF-asiakirja"),
    ZIP: N_("pakattu kansio (ZIP)"),
    DOCX: N_("Word-asiakirja (DOCX)"),
    XLSX: N_("Excel-taulukko (XLSX)"),
    PPTX: N_("PowerPoint-esitys (PPTX)"),
    ODF + "text": N_("OpenDocument-asiakirja (ODT)"),
    ODF + "spreadsheet": N_("OpenDocument-taulukko (ODS)"),
    ODF + "presentation": N_("OpenDocument-esitys (ODP)"),
    ODF + "graphics": N_("OpenDocument-piirros (ODG)"),
    ASIC: N_("sähköisesti allekirjoitettu paketti (ASiC)"),
    DOC: N_("vanha Word-asiakirja (DOC)"),
    XLS: N_("vanha Excel-taulukko (XLS)"),
    PPT: N_("vanha PowerPoint-esitys (PPT)"),
    OFFICE_LOCKED: N_("salasanalla suojattu Office-tiedosto"),
    OLE: N_("vanha Office-tiedosto"),
    PKCS7_ENCRYPTED: N_("salattu viesti (S/MIME)"),
    PKCS7_SIGNED: N_("sähköinen allekirjoitus (S/MIME)"),
    RTF: N_("RTF-asiakirja"),
    HTML: N_("verkkosivu (HTML)"),
    XML: N_("XML-tiedosto"),
    TEXT: N_("tekstitiedosto"),
    CSV: N_("taulukko tekstinä (CSV)"),
    CALENDAR: N_("kalenterikutsu"),
    VCARD: N_("yhteystietokortti"),
    EXE: N_("Windows-ohjelma"),
    "application/x-executable": N_("Linux-ohjelma"),
    "application/x-mach-binary": N_("macOS-ohjelma"),
    "application/x-ms-shortcut": N_("Windowsin pikakuvake"),
    "application/x-script": N_("komentotiedosto"),
    "image/png": N_("PNG-kuva"),
    "image/jpeg": N_("JPEG-kuva"),
    "image/tiff": N_("TIFF-kuva"),
    "image/gif": N_("GIF-kuva"),
    "image/webp": N_("WebP-kuva"),
    "image/heic": N_("HEIC-kuva"),
    "image/avif": N_("AVIF-kuva"),
    "image/bmp": N_("BMP-kuva"),
    "image/svg+xml": N_("SVG-kuva"),
    "application/x-7z-compressed": N_("pakattu tiedosto (7z)"),
    "application/vnd.rar": N_("pakattu tiedosto (RAR)"),
    "application/gzip": N_("pakattu tiedosto (GZIP)"),
    "audio/mpeg": N_("äänite"),
    "video/mp4": N_("video"),
}

_EXTENSIONS = {
    EML: "eml mht mhtml txt",
    MBOX: "mbox eml mbx txt",
    MSG: "msg oft",
    TNEF: "dat tnef",
    PDF: "pdf ai",
    ZIP: "zip jar kmz",
    DOCX: "docx docm dotx dotm",
    XLSX: "xlsx xlsm xltx xltm",
    PPTX: "pptx pptm potx ppsx ppsm",
    ODF + "text": "odt ott",
    ODF + "spreadsheet": "ods ots",
    ODF + "presentation": "odp otp",
    ODF + "graphics": "odg otg",
    ASIC: "asice sce bdoc asics scs",
    DOC: "doc dot",
    XLS: "xls xlt",
    PPT: "ppt pps pot",
    OFFICE_LOCKED: "docx docm xlsx xlsm pptx pptm dotx xltx",
    OLE: "doc xls ppt msg msi db pub vsd mpp",
    PKCS7_ENCRYPTED: "p7m",
    PKCS7_SIGNED: "p7m p7s p7b p7c",
    RTF: "rtf doc",
    HTML: "html htm xhtml",
    XML: "xml xsd xsl gml rdf kml fodt",
    TEXT: "txt text log md ini json csv ics vcf asc tex yaml yml srt",
    CSV: "csv txt tsv",
    CALENDAR: "ics ical txt",
    VCARD: "vcf txt",
    EXE: "exe dll scr com sys cpl msi",
    "application/x-script": "sh py bat cmd js vbs ps1 wsf hta pl",
    "image/png": "png",
    "image/jpeg": "jpg jpeg jpe jfif",
    "image/tiff": "tif tiff",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic heif",
    "image/avif": "avif",
    "image/bmp": "bmp",
    "image/svg+xml": "svg",
}
_TRUE_TYPES: dict[str, frozenset[str]] = {
    extension: frozenset(kind for kind, listed in _EXTENSIONS.items() if extension in listed.split())
    for listed in _EXTENSIONS.values()
    for extension in listed.split()
}
_USUAL = {EML: ".eml", TNEF: ".dat", TEXT: ".txt", RTF: ".rtf", CALENDAR: ".ics", PKCS7_SIGNED: ".p7s"}


def type_label(media_type: str) -> str:
    """The Finnish name of a type, fit for a list of files."""
    label = _LABELS.get(media_type)
    return _(label) if label else _("tuntematon tiedosto")


def usual_extension(media_type: str) -> str:
    """The extension to give to a file that came without a name, or ""."""
    if media_type in _USUAL:
        return _USUAL[media_type]
    listed = _EXTENSIONS.get(media_type, "").split()
    # A nameless program gets no extension that would let it run.
    return (
        "." + listed[0]
        if listed and not media_type.startswith("application/x-") and media_type != EXE
        else ""
    )


def extension_of(filename: str) -> str:
    """The extension in lower case, without its dot."""
    return filename.rpartition(".")[2].lower() if "." in filename else ""


def extension_lies(filename: str, media_type: str) -> bool:
    """True when the extension promises a type we know and the content is another."""
    truthful = _TRUE_TYPES.get(extension_of(filename))
    return truthful is not None and media_type != UNKNOWN and media_type not in truthful
