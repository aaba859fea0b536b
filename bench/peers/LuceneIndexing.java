import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** Builds an index. Each indexing thread takes a stretch of whole lines, parses and adds them. */
final class LuceneIndexing {
	private static final int STRETCH_BYTES = 1 << 18;
	private static final double BUFFER_MB = 256;

	private final InputStream input;
	private final IndexWriter writer;
	private final FacetsConfig facets = LuceneSchema.facets();
	private long bytes;

	private LuceneIndexing(InputStream input, IndexWriter writer) {
		this.input = input;
		this.writer = writer;
	}

	/** About STRETCH_BYTES of lines; empty at the end. */
	private synchronized String stretch() throws IOException {
		byte[] begin = input.readNBytes(STRETCH_BYTES);
		ByteArrayOutputStream made = new ByteArrayOutputStream(STRETCH_BYTES + 8192);
		int c = begin.length == STRETCH_BYTES ? begin[STRETCH_BYTES - 1] : '\n';

		made.write(begin);
		while (c != '\n' && (c = input.read()) >= 0)
			made.write(c);
		bytes += made.size();
		return made.toString(StandardCharsets.UTF_8);
	}

	private Void addAll() throws IOException {
		for (String lines = stretch(); !lines.isEmpty(); lines = stretch())
			for (int at = 0, end; at < lines.length(); at = end + 1) {
				end = lines.indexOf('\n', at);
				if (end < 0)
					end = lines.length();
				add(lines.substring(at, end));
			}
		return null;
	}

	private void add(String line) throws IOException {
		Document document;

		try {
			document = LuceneSchema.document(line);
		} catch (IllegalArgumentException e) {
			return;
		}
		if (document != null)
			writer.addDocument(facets.build(document));
	}

	private void runThreads(int threads) throws IOException, InterruptedException, ExecutionException {
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		List<Future<Void>> running = new ArrayList<>();

		try {
			for (int i = 0; i < threads; i++)
				running.add(pool.submit(this::addAll));
			for (Future<Void> one : running)
				one.get();
		} finally {
			pool.shutdown();
		}
	}

	private static IndexWriterConfig config() {
		IndexWriterConfig config = new IndexWriterConfig(LuceneSchema.analyzer());

		config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
		config.setRAMBufferSizeMB(BUFFER_MB);
		/* Sizes are told by file. */
		config.setUseCompoundFile(false);
		config.getMergePolicy().setNoCFSRatio(0);
		return config;
	}

	/** All files (index false), or those that hold no stored documents. */
	private static long size(Path folder, boolean index) throws IOException {
		List<Path> files;
		long size = 0;

		try (Stream<Path> list = Files.list(folder)) {
			files = list.collect(Collectors.toList());
		}
		for (Path file : files)
			if (!index || !file.toString().matches(".*\\.fd[tmx]"))
				size += Files.size(file);
		return size;
	}

	static void run(String data, String folder, int threads) throws Exception {
		long begin = System.nanoTime();
		double seconds;
		long papers;
		LuceneIndexing indexing;

		try (InputStream input = new BufferedInputStream(Files.newInputStream(Paths.get(data)), STRETCH_BYTES);
		     Directory directory = FSDirectory.open(Paths.get(folder));
		     IndexWriter writer = new IndexWriter(directory, config())) {
			indexing = new LuceneIndexing(input, writer);
			indexing.runThreads(threads);
			writer.commit();
			seconds = (System.nanoTime() - begin) / 1e9;
			papers = writer.getDocStats().numDocs;
			writer.forceMerge(1);
			writer.commit();
		}
		System.out.println("documents\tseconds\tdocuments_s\tmb_s\tindex_bytes\tdatabase_bytes\tpeak_bytes\tmerged_seconds");
		System.out.printf("%d\t%.3f\t%.0f\t%.2f\t%d\t%d\t%d\t%.3f%n", papers, seconds, papers / seconds,
				indexing.bytes / 1e6 / seconds, size(Paths.get(folder), true), size(Paths.get(folder), false),
				PeerLucene.memoryBytes("VmHWM:"), (System.nanoTime() - begin) / 1e9);
	}
}
