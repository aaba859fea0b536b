import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;

/**
 * How a paper is laid out. Every text goes into the field "text", which plain words search; title and authors once
 * more into fields of their own. That is the least work by which Lucene answers the same queries.
 */
final class LuceneSchema {
	static final String TEXT = "text";
	static final String DATE = "date";
	private static final String[] TEXTS = {"title", "authors", "abstract", "comments", "journal-ref", "report-no"};
	private static final String[] DIMENSIONS = {"category", "primary", "year", "author"};

	private LuceneSchema() {
	}

	static Analyzer analyzer() {
		Map<String, Analyzer> whole = new HashMap<>();

		whole.put("cat", new KeywordAnalyzer());
		whole.put("id", new KeywordAnalyzer());
		return new PerFieldAnalyzerWrapper(new EnglishAnalyzer(), whole);
	}

	/** Each dimension in a field of its own, so that counting one does not walk the others. */
	static FacetsConfig facets() {
		FacetsConfig config = new FacetsConfig();

		for (String dimension : DIMENSIONS)
			config.setIndexFieldName(dimension, facetField(dimension));
		config.setMultiValued("category", true);
		config.setMultiValued("author", true);
		return config;
	}

	static String facetField(String dimension) {
		return "facet_" + dimension;
	}

	private static String text(Map<String, Object> paper, String key) {
		Object value = paper.get(key);

		return value instanceof String ? (String) value : "";
	}

	/** "Sat, 31 Mar 2007 00:00:00 GMT" as 20070331; 0 where it is none. */
	private static long versionDate(Map<String, Object> paper) {
		Object versions = paper.get("versions");
		Object first = versions instanceof List && !((List<?>) versions).isEmpty() ? ((List<?>) versions).get(0) : null;
		Object created = first instanceof Map ? ((Map<?, ?>) first).get("created") : null;
		String[] parts = created instanceof String ? ((String) created).trim().split("[ ,]+") : new String[0];
		int month = parts.length < 4 ? -1 : "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(parts[2].toLowerCase(Locale.ROOT));

		if (month < 0 || !parts[1].matches("[0-9]{1,2}") || !parts[3].matches("[0-9]{4}"))
			return 0;
		return Long.parseLong(parts[3]) * 10000 + (month / 3 + 1) * 100 + Long.parseLong(parts[1]);
	}

	/** yyyymmdd: submitted, else updated, else the id's month; 0: not known. */
	private static long date(Map<String, Object> paper) {
		long date = versionDate(paper);
		String update = text(paper, "update_date");
		String id = text(paper, "id");
		String digits = id.substring(id.indexOf('/') + 1);

		if (date == 0 && update.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
			return Long.parseLong(update.replace("-", ""));
		if (date == 0 && digits.matches("[0-9]{4}.*"))
			return Long.parseLong((digits.charAt(0) == '9' ? "19" : "20") + digits.substring(0, 4) + "01");
		return date;
	}

	/** The document of a line of JSON; null where the line is no paper. */
	static Document document(String line) {
		Map<String, Object> paper = PaperJson.object(line);
		Document document = new Document();

		if (text(paper, "id").isEmpty())
			return null;
		document.add(new StringField("id", text(paper, "id"), Field.Store.NO));
		document.add(new StoredField("paper", line));
		for (String key : TEXTS)
			if (!text(paper, key).isEmpty())
				document.add(new TextField(TEXT, text(paper, key), Field.Store.NO));
		document.add(new TextField("title", text(paper, "title"), Field.Store.NO));
		document.add(new TextField("authors", text(paper, "authors"), Field.Store.NO));
		addCategories(document, text(paper, "categories"));
		addAuthors(document, text(paper, "authors"));
		addDate(document, date(paper));
		return document;
	}

	private static void addCategories(Document document, String categories) {
		boolean primary = true;

		for (String category : categories.split(" ")) {
			if (category.isEmpty())
				continue;
			document.add(new StringField("cat", category, Field.Store.NO));
			document.add(new SortedSetDocValuesFacetField("category", category));
			if (primary)
				document.add(new SortedSetDocValuesFacetField("primary", category));
			primary = false;
		}
	}

	private static void addAuthors(Document document, String authors) {
		for (String author : authors.split(", | and "))
			if (!author.trim().isEmpty())
				document.add(new SortedSetDocValuesFacetField("author", author.trim()));
	}

	private static void addDate(Document document, long date) {
		if (date == 0)
			return;
		document.add(new LongPoint(DATE, date));
		document.add(new NumericDocValuesField(DATE, date));
		document.add(new SortedSetDocValuesFacetField("year", Long.toString(date / 10000)));
	}
}
