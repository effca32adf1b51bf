/*
name = "data-held-by-several"

[question]
id = "Entitas data mana yang dipegang beberapa aplikasi?"
en = "Which data entities are held by several applications?"

[parameters.least]
type = "integer"
default = 2
id = "Paling sedikit aplikasi"
en = "Applications at least"

[columns]
data_id = { id = "Id data", en = "Data id" }
data = { id = "Entitas data", en = "Data entity" }
openness = { id = "Keterbukaan", en = "Openness" }
applications = { id = "Aplikasi", en = "Applications" }
masters = { id = "Induk", en = "Masters" }
readers = { id = "Pembaca", en = "Readers" }
*/
MATCH (a:Application)-[r:MASTERS|READS]->(d:DataEntity)
WITH d, a.id AS id, a.name AS name, type(r) AS how
ORDER BY name, id
WITH d.id AS data_id, d.name AS data, d.openness AS openness,
     count(DISTINCT id) AS applications,
     collect(DISTINCT CASE WHEN how = 'MASTERS' THEN name END) AS masters,
     collect(DISTINCT CASE WHEN how = 'READS' THEN name END) AS readers
WHERE applications >= $least
RETURN data_id, data, openness, applications, masters, readers
ORDER BY applications DESC, data_id
