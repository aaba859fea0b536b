import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LRUQueryCache;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.UsageTrackingQueryCachingPolicy;
import org.apache.lucene.store.FSDirectory;

/** Times queries: parsing and the ten best, no document is loaded. */
final class LuceneSearching {
	/** Passes and time by which the virtual machine has compiled what it will. */
	private static final int WARM_PASSES = 5;
	private static final long WARM_NANOS = 5_000_000_000L;
	private static final long WARM_NANOS_MAX = 120_000_000_000L;

	private static final class Asked {
		String kind;
		String text;
		double first;
	}

	/** Dates are numbers: ranges by points or by values, whichever is less work for the query. */
	private static final class PaperQueryParser extends QueryParser {
		PaperQueryParser() {
			super(LuceneSchema.TEXT, LuceneSchema.analyzer());
			setDefaultOperator(Operator.OR);
		}

		/** Abstracts have no field of their own: as their words go, "text" has nearly the same. */
		@Override
		protected Query getFieldQuery(String field, String text, boolean quoted) throws ParseException {
			return super.getFieldQuery("abstract".equals(field) ? LuceneSchema.TEXT : field, text, quoted);
		}

		@Override
		protected Query getRangeQuery(String field, String low, String high, boolean withLow, boolean withHigh)
				throws ParseException {
			long from = low == null ? Long.MIN_VALUE : Long.parseLong(low);
			long to = high == null ? Long.MAX_VALUE : Long.parseLong(high);

			if (!LuceneSchema.DATE.equals(field))
				return super.getRangeQuery(field, low, high, withLow, withHigh);
			return new IndexOrDocValuesQuery(LongPoint.newRangeQuery(field, from, to),
					NumericDocValuesField.newSlowRangeQuery(field, from, to));
		}
	}

	private final DirectoryReader reader;
	private final IndexSearcher searcher;
	private final PaperQueryParser parser = new PaperQueryParser();
	private final Sort byDate;
	private final Map<String, SortedSetDocValuesReaderState> states = new HashMap<>();

	private LuceneSearching(String folder) throws IOException {
		SortField date = new SortField(LuceneSchema.DATE, SortField.Type.LONG, true);

		reader = DirectoryReader.open(FSDirectory.open(Paths.get(folder)));
		searcher = new IndexSearcher(reader);
		/* The cache of filters is as by default, but this session's own. */
		searcher.setQueryCache(new LRUQueryCache(1000, 32 << 20));
		searcher.setQueryCachingPolicy(new UsageTrackingQueryCachingPolicy());
		date.setCanUsePoints();
		byDate = new Sort(date);
		for (String dimension : new String[] {"primary", "year"})
			states.put(dimension, new DefaultSortedSetDocValuesReaderState(reader, LuceneSchema.facetField(dimension)));
	}

	/** The ten best; hits are counted as by default, exactly up to 1,000. */
	private TopDocs run(Asked asked) throws IOException, ParseException {
		Query query = parser.parse(asked.text);

		if (asked.kind.equals("facets"))
			return count(query);
		if (asked.kind.equals("bydate"))
			return searcher.search(query, 10, byDate);
		return searcher.search(query, 10);
	}

	private TopDocs count(Query query) throws IOException {
		FacetsCollector collector = new FacetsCollector();
		TopDocs found = FacetsCollector.search(searcher, query, 10, collector);

		for (Map.Entry<String, SortedSetDocValuesReaderState> one : states.entrySet()) {
			FacetResult result = new SortedSetDocValuesFacetCounts(one.getValue(), collector).getTopChildren(10, one.getKey());

			if (result != null && result.labelValues.length > found.totalHits.value)
				throw new IllegalStateException("more values than hits");
		}
		return found;
	}

	private double milliseconds(Asked asked) throws IOException, ParseException {
		long begin = System.nanoTime();

		run(asked);
		return (System.nanoTime() - begin) / 1e6;
	}

	private static List<Asked> read(String path, int column, int perClass) throws IOException {
		List<Asked> list = new ArrayList<>();
		Map<String, Integer> counts = new HashMap<>();

		for (String line : Files.readAllLines(Paths.get(path))) {
			String[] cells = line.split("\t");
			Asked asked = new Asked();

			if (line.isEmpty() || line.startsWith("#") || cells.length < column || cells[column - 1].equals("-"))
				continue;
			asked.kind = cells[0];
			asked.text = cells[column - 1];
			if (counts.merge(asked.kind, 1, Integer::sum) <= perClass || perClass == 0)
				list.add(asked);
		}
		return list;
	}

	private static void warm(String folder, List<Asked> list) throws IOException, ParseException {
		LuceneSearching session = new LuceneSearching(folder);
		long begin = System.nanoTime();
		long spent = 0;

		for (int pass = 0; spent < WARM_NANOS_MAX && (pass < WARM_PASSES || spent < WARM_NANOS); pass++) {
			for (Asked asked : list)
				session.run(asked);
			spent = System.nanoTime() - begin;
		}
		session.reader.close();
	}

	private void report(Asked asked, int repeat, long budget) throws IOException, ParseException {
		double[] ms = new double[repeat];
		double spent = 0;
		int n = 0;

		while (n < repeat && (n == 0 || spent < budget)) {
			ms[n] = milliseconds(asked);
			spent += ms[n++];
		}
		Arrays.sort(ms, 0, n);
		System.out.printf("%s\t%s\t%d\t%.4f\t%.4f\t%.4f%n", asked.kind, asked.text,
				searcher.count(parser.parse(asked.text)), asked.first, ms[0], n % 2 == 1 ? ms[n / 2] : (ms[n / 2 - 1] + ms[n / 2]) / 2);
	}

	/** One query of a process of its own: prints the ten best papers as they are stored. */
	static void once(String folder, String text) throws IOException, ParseException {
		try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(Paths.get(folder)))) {
			IndexSearcher searcher = new IndexSearcher(reader);

			for (ScoreDoc found : searcher.search(new PaperQueryParser().parse(text), 10).scoreDocs)
				System.out.println(searcher.doc(found.doc).get("paper"));
		}
	}

	static void run(Map<String, String> options) throws Exception {
		String folder = options.get("--db");
		int repeat = Integer.parseInt(options.getOrDefault("--repeat", "7"));
		long budget = Long.parseLong(options.getOrDefault("--budget-ms", "4000"));
		List<Asked> list = read(options.get("--queries"), Integer.parseInt(options.get("--column")),
				Integer.parseInt(options.getOrDefault("--per-class", "0")));
		LuceneSearching session;
		long held = 0;

		warm(folder, list);
		session = new LuceneSearching(folder);
		for (Asked asked : list)
			asked.first = session.milliseconds(asked);
		System.out.println("class\tquery\thits\tfirst_ms\tmin_ms\tmedian_ms");
		for (Asked asked : list) {
			session.report(asked, repeat, budget);
			held = Math.max(held, PeerLucene.memoryBytes("RssAnon:"));
		}
		System.out.printf("# memory\t%d\t%d%n", PeerLucene.memoryBytes("VmHWM:"), held);
		session.reader.close();
	}
}
