import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON value: objects as maps, arrays as lists, texts as strings, all else, which papers do not use, as null. */
final class PaperJson {
	private static final int DEPTH_MAX = 64;

	private final String text;
	private int at;
	private int depth;

	private PaperJson(String text) {
		this.text = text;
	}

	/** The object on a line; throws IllegalArgumentException where there is none. */
	@SuppressWarnings("unchecked")
	static Map<String, Object> object(String line) {
		PaperJson json = new PaperJson(line);
		Object value;

		try {
			value = json.value();
		} catch (StringIndexOutOfBoundsException e) {
			throw json.wrong();
		}
		if (!(value instanceof Map))
			throw json.wrong();
		return (Map<String, Object>) value;
	}

	private IllegalArgumentException wrong() {
		return new IllegalArgumentException("no JSON at character " + at);
	}

	private char skipBlanks() {
		while (text.charAt(at) <= ' ')
			at++;
		return text.charAt(at);
	}

	private Object value() {
		switch (skipBlanks()) {
		case '{':
			return members();
		case '[':
			return elements();
		case '"':
			return string();
		default:
			return bare();
		}
	}

	private boolean more(char end) {
		char c = skipBlanks();

		if (c != end && c != ',')
			throw wrong();
		at++;
		return c == ',';
	}

	private void enter() {
		at++;
		if (++depth > DEPTH_MAX)
			throw wrong();
	}

	private Map<String, Object> members() {
		Map<String, Object> map = new HashMap<>(32);

		enter();
		if (skipBlanks() == '}') {
			at++;
		} else {
			do {
				String key;

				if (skipBlanks() != '"')
					throw wrong();
				key = string();
				if (skipBlanks() != ':')
					throw wrong();
				at++;
				map.put(key, value());
			} while (more('}'));
		}
		depth--;
		return map;
	}

	private List<Object> elements() {
		List<Object> list = new ArrayList<>();

		enter();
		if (skipBlanks() == ']') {
			at++;
		} else {
			do {
				list.add(value());
			} while (more(']'));
		}
		depth--;
		return list;
	}

	private String string() {
		int start = ++at;
		int quote = text.indexOf('"', start);
		int escape = text.indexOf('\\', start);

		if (quote < 0)
			throw wrong();
		if (escape < 0 || escape > quote) {
			at = quote + 1;
			return text.substring(start, quote);
		}
		return escapedString(start);
	}

	private String escapedString(int start) {
		StringBuilder made = new StringBuilder(256);

		for (at = start; text.charAt(at) != '"'; at++)
			made.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
		at++;
		return made.toString();
	}

	private char escaped() {
		char c = text.charAt(++at);
		int known = "\"\\/bfnrt".indexOf(c);

		if (known >= 0)
			return "\"\\/\b\f\n\r\t".charAt(known);
		if (c != 'u')
			throw wrong();
		at += 4;
		return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
	}

	private Object bare() {
		int start = at;

		while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0)
			at++;
		if (at == start)
			throw wrong();
		return null;
	}
}
