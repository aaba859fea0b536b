import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.util.Version;

/**
 * Lucene over the papers of a JSON Lines file.
 *
 * <pre>
 *   peer_lucene index --data FILE --db FOLDER [--threads N]
 *   peer_lucene search --db FOLDER --queries FILE --column N [--repeat N]
 *   peer_lucene once --db FOLDER --query QUERY
 * </pre>
 */
public final class PeerLucene {
	private PeerLucene() {
	}

	/**
	 * What the system says of this process's memory: "VmHWM:", the most it has held so far, or "RssAnon:", what it
	 * holds now beside pages of files; 0 where it does not tell.
	 */
	static long memoryBytes(String name) throws IOException {
		if (!Files.exists(Paths.get("/proc/self/status")))
			return 0;
		for (String line : Files.readAllLines(Paths.get("/proc/self/status")))
			if (line.startsWith(name))
				return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
		return 0;
	}

	private static Map<String, String> options(String[] args, String... required) {
		Map<String, String> options = new HashMap<>();

		for (int i = 1; i + 1 < args.length; i += 2)
			options.put(args[i], args[i + 1]);
		for (String name : required)
			if (!options.containsKey(name))
				usage();
		return options;
	}

	private static void usage() {
		System.err.println("usage: peer_lucene index --data FILE --db FOLDER [--threads N]");
		System.err.println("       peer_lucene search --db FOLDER --queries FILE --column N [--repeat N] [--per-class N]");
		System.err.println("       peer_lucene once --db FOLDER --query QUERY");
		System.err.println("       peer_lucene version");
		System.exit(2);
	}

	public static void main(String[] args) throws Exception {
		String command = args.length > 0 ? args[0] : "";
		Map<String, String> options;

		if (command.equals("index")) {
			options = options(args, "--data", "--db");
			LuceneIndexing.run(options.get("--data"), options.get("--db"),
					Integer.parseInt(options.getOrDefault("--threads", "1")));
		} else if (command.equals("search")) {
			LuceneSearching.run(options(args, "--db", "--queries", "--column"));
		} else if (command.equals("once")) {
			options = options(args, "--db", "--query");
			LuceneSearching.once(options.get("--db"), options.get("--query"));
		} else if (command.equals("version")) {
			System.out.println(Version.LATEST);
		} else {
			usage();
		}
	}
}
