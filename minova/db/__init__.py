"""Everything that speaks SQL: tables, migrations, transactions and the queries of each noun.

Nothing outside this package writes SQL or knows a table; nothing inside it knows who calls. Queries
return plain dicts and take plain data.
"""
