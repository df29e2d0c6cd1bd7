/** Keys of well-known formats that an import knows and does not use, so that it need not report them. */
import { plainName } from './field-names.ts';

interface Shape {
  /** A row that has all of these keys is of this shape. */
  readonly marks: readonly string[];
  /** Not read, even if another format uses the same name for a field. */
  readonly unused: ReadonlySet<string>;
}

const shape = (marks: string, unused: string): Shape => ({
  marks: marks.split(' ').map(plainName),
  unused: new Set(unused.split(/\s+/).map(plainName)),
});

const SHAPES: readonly Shape[] = [
  // arXiv's metadata on Kaggle, also with columns removed.
  shape('submitter report-no', 'submitter report-no license versions'),
  // https://huggingface.co/docs/hub/api: a paper, or a row of the daily list.
  shape(
    'summary upvotes',
    `discussionId ai_summary ai_summary_model submittedOnDailyAt submittedOnDailyBy submittedBy isAuthorParticipating
     mediaUrl mediaUrls media_urls githubRepoAddedBy linkedModels linkedDatasets linkedSpaces numTotalModels numTotalDatasets
     numTotalSpaces isPreview source user discussion markdownContent`,
  ),
  // https://github.com/allenai/s2orc, the first release.
  shape(
    'paper_id mag_id',
    `acl_id pmc_id pubmed_id mag_id mag_field_of_study outbound_citations inbound_citations has_outbound_citations
     has_inbound_citations has_pdf_parse has_pdf_parsed_abstract has_pdf_parsed_body_text has_pdf_parsed_bib_entries
     has_pdf_parsed_ref_entries s2_url`,
  ),
  // https://api.semanticscholar.org/api-docs/graph
  shape(
    'paperId title',
    `corpusId referenceCount influentialCitationCount isOpenAccess fieldsOfStudy s2FieldsOfStudy publicationTypes
     embedding tldr references citations citationStyles textAvailability matchScore contexts intents isInfluential
     contextsWithIntent`,
  ),
  // The same as bulk data: https://api.semanticscholar.org/api-docs/datasets
  shape(
    'corpusid title',
    `corpusid referencecount influentialcitationcount isopenaccess s2fieldsofstudy publicationtypes publicationvenueid`,
  ),
  // https://docs.openalex.org/api-entities/works/work-object
  shape(
    'authorships ids',
    `relevance_score language type type_crossref indexed_in open_access institution_assertions
     countries_distinct_count institutions_distinct_count corresponding_author_ids corresponding_institution_ids
     apc_list apc_paid fwci has_fulltext fulltext_origin cited_by_percentile_year citation_normalized_percentile biblio
     is_retracted is_paratext primary_topic mesh locations_count sustainable_development_goals grants awards funders
     datasets versions referenced_works_count referenced_works related_works cited_by_api_url counts_by_year topics concepts
     updated_date created_date is_xpac has_content content_urls`,
  ),
  // https://api.crossref.org/swagger-ui/index.html. Its `created` is the day of the registration.
  shape(
    'container-title publisher',
    `indexed deposited created reference references-count reference-count publisher publisher-location issue
     content-domain short-container-title type source prefix volume member link score resource ISSN issn-type ISBN
     isbn-type page language license funder relation update-policy update-to assertion alternative-id journal-issue
     archive subtitle short-title original-title article-number published-other accepted event editor number
     special_numbering standards-body institution approved subtype group-title clinical-trial-number aliases`,
  ),
  // https://dblp.org/faq/How+to+use+the+dblp+search+API.html
  shape('venue access', '@score pages number type access publisher'),
  // https://paperswithcode.com/about: papers, and links between papers and code.
  shape(
    'short_abstract url_abs',
    `nips_id openreview_id short_abstract conference_url_abs conference_url_pdf reproduces_paper methods`,
  ),
  shape('paper_title repo_url', 'paper_url is_official mentioned_in_paper mentioned_in_github framework'),
  // https://docs.openreview.net/reference/api-v2/entities/note
  shape(
    'forum signatures',
    `forum replyto signatures readers nonreaders writers invitation invitations domain original odate ddate
     tcdate tmdate tddate referent details license version number _bibtex paperhash venueid primary_area
     supplementary_material TLDR TL;DR code_of_ethics submission_guidelines reciprocal_reviewing anonymous_url
     no_acknowledgement_section`,
  ),
  // Zotero's own items. Their version counts changes of the library.
  shape(
    'itemType',
    `key version library meta itemType itemID itemKey libraryID citationKey citekey libraryCatalog accessDate dateAdded
     dateModified collections relations attachments notes seeAlso uri select rights language shortTitle ISSN ISBN
     series seriesTitle seriesText issue volume number pages repository place publisher journalAbbreviation genre
     numPages edition archive callNumber parentItem desktop relation lastModifiedByUser createdByUser`,
  ),
  // CSL items: https://github.com/citation-style-language/schema
  shape(
    'type issued',
    `type accessed language ISSN ISBN issue number page volume publisher publisher-place source title-short
     container-title-short collection-title collection-number event-title event-place editor citation-key genre medium
     event section edition archive call-number number-of-pages submitted annote`,
  ),
  // What feedparser makes of arXiv's Atom.
  shape(
    'title_detail summary_detail',
    `title_detail summary_detail author_detail guidislink published_parsed updated_parsed arxiv_affiliation`,
  ),
];

/** @param names plain names of the row's keys */
export function unusedIn(names: ReadonlySet<string>): ReadonlySet<string> | undefined {
  return SHAPES.find(({ marks }) => marks.every((mark) => names.has(mark)))?.unused;
}
