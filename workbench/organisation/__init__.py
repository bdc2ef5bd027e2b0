"""Who and where: municipalities (kunta), offices (toimiala), people, roles, secrecy and access rules."""
