package dev.starling.crawler.catalogue.classify;

import dev.starling.crawler.catalogue.ContentType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The rules as they were read; see the head of `rules.txt` for how they are written.
///
/// @param beside extensions of files that go with others
/// @param ends where a title is over
record RuleFile(
        Map<String, ContentType> extensions,
        Set<String> beside,
        List<Rule<ContentType>> types,
        List<Pattern> episodes,
        List<Pattern> years,
        List<Rule<String>> resolutions,
        List<Pattern> ends,
        List<Rule<String>> languages,
        List<Rule<String>> scripts) {

    private static final String BESIDE = "beside";

    /// For names of nothing but ASCII: matched several times as fast.
    static final int ASCII = Pattern.CASE_INSENSITIVE;

    static final int UNICODE = ASCII | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

    /// What a pattern tells where it is found.
    record Rule<T>(T value, Pattern pattern) {}

    private static RuleFile empty() {
        return new RuleFile(
                new LinkedHashMap<>(),
                new HashSet<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /// Reads the lines of a rule file.
    ///
    /// @param flags [#ASCII] or [#UNICODE]
    /// @throws IllegalArgumentException naming the line, if one is no rule
    static RuleFile parse(List<String> lines, int flags) {
        var rules = empty();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                rules.add(line, flags);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return rules;
    }

    private void add(String line, int flags) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
            throw new IllegalArgumentException("no colon in '" + line + "'");
        }
        String[] head = line.substring(0, colon).split(" ", 2);
        String value = head.length > 1 ? head[1] : "";
        String seen = line.substring(colon + 2).strip();
        switch (head[0]) {
            case "extension" -> addExtensions(value, List.of(seen.split(" +")));
            case "name" -> types.add(new Rule<>(type(value), pattern(seen, flags)));
            case "episode" -> episodes.add(pattern(seen, flags));
            case "year" -> years.add(pattern(seen, flags));
            case "resolution" -> resolutions.add(new Rule<>(value, pattern(seen, flags)));
            case "end" -> ends.add(pattern(seen, flags));
            case "language" -> languages.add(new Rule<>(value, pattern(seen, flags)));
            case "script" -> scripts.add(new Rule<>(value, pattern(seen, flags)));
            default -> throw new IllegalArgumentException("unknown rule '" + head[0] + "'");
        }
    }

    private void addExtensions(String value, List<String> listed) {
        if (value.equals(BESIDE)) {
            beside.addAll(listed);
        } else {
            var type = type(value);
            listed.forEach(extension -> extensions.put(extension, type));
        }
    }

    private static ContentType type(String word) {
        return ContentType.parse(word)
                .orElseThrow(() -> new IllegalArgumentException("no type '" + word + "'"));
    }

    private static Pattern pattern(String regex, int flags) {
        try {
            return Pattern.compile(regex, flags);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
