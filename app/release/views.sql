-- Views for reading: each row says in words what its table says in codes.
create view issues_readable as
select i.notice, i.number, i.title, i.title_en, c.title as category, c.title_en as category_en,
       i.statement_count, i.measure_count, i.metric_count, i.text, i.uid
from issues i
join categories c on c.uid = i.category_uid
order by i.position;

-- An ordered act is not a done act: `directive` is the printed verb that has the actor act.
create view measures_readable as
select m.notice, m.id, k.zh as kind, k.en as kind_en, m.text, m.text_en, m.prompted_by, m.directive,
       d.en as directive_en, m.actor, o.zh as modality, o.en as modality_en, s.zh as sanction, s.en as sanction_en,
       m.section_id, m.issue_number, i.title as issue, m.uid
from measures m
join measure_kind k on k.code = m.kind
join modality o on o.code = m.modality
left join directive d on d.code = m.directive_code
left join sanction s on s.code = m.sanction
left join issues i on i.uid = m.issue_uid
order by m.position;

create view documents_readable as
select d.notice, p.text as name, d.name_en, t.zh as type, t.en as type_en, a.zh as act, a.en as act_en, d.issuer,
       p.section_id, p.statement_id, s.text as statement, s.text_en as statement_en, p.issue_number, d.uid
from document_places p
join documents d on d.uid = p.document_uid
join document_type t on t.code = d.type
join document_act a on a.code = p.act
left join statements s on s.uid = p.statement_uid
order by p.position;

create view organizations_readable as
select o.notice, p.text as name, o.name_en, t.zh as type, t.en as type_en, o.named, r.zh as part, r.en as part_en,
       p.section_id, p.statement_id, s.text as statement, s.text_en as statement_en, p.issue_number, o.uid
from organization_places p
join organizations o on o.uid = p.organization_uid
join organization_type t on t.code = o.type
join organization_part r on r.code = p.part
left join statements s on s.uid = p.statement_uid
order by p.position;

create view metrics_readable as
select m.notice, m.label, m.label_en, m.value_text, q.zh as qualifier, q.en as qualifier_en,
       m.normalized_value, m.lower, m.upper, m.unit, n.zh as nature, n.en as nature_en,
       m.counted, m.counted_en, m.period_text, m.period_start, m.period_end,
       m.issue_number, i.title as issue, m.quote, m.note, m.note_en, m.uid
from metrics m
join qualifier q on q.code = m.qualifier
join nature n on n.code = m.nature
left join issues i on i.uid = m.issue_uid
order by m.position;

create view headline_figures as
select t.zh as indicator, t.en as indicator_en, m.notice, m.value_text, m.normalized_value, q.zh as qualifier,
       q.en as qualifier_en, m.unit, m.period_text, m.quote, m.uid
from metrics m
join indicator t on t.code = m.indicator
join qualifier q on q.code = m.qualifier
order by t.position, m.position;

create view measures_by_kind as
select m.notice, k.code, k.zh as kind, k.en as kind_en, count(*) as measures
from measures m
join measure_kind k on k.code = m.kind
group by m.notice, k.code
order by m.notice, k.position;
