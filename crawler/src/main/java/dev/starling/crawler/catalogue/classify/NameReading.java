package dev.starling.crawler.catalogue.classify;

import dev.starling.crawler.catalogue.Classification;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.classify.RuleFile.Rule;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the rules find in one name.
final class NameReading {

    /// Who made the torrent, in brackets before the name.
    private static final Pattern LEADING_GROUP =
            Pattern.compile("^(?:[\\[【(（][^\\])】）]{0,60}[\\])】）] ?)+");

    private static final Pattern BRACKET = Pattern.compile("[\\[【(（{]");
    private static final Pattern BORDER =
            Pattern.compile("^[\\s\\-–—,;:|/+~]+|[\\s\\-–—,;:|/+~]+$");

    private final RuleFile rules;

    /// Where the title begins.
    private final int start;

    private final String name;
    private final Optional<MatchResult> episode;
    private final Optional<MatchResult> year;

    NameReading(RuleFile rules, String name) {
        this.rules = rules;
        this.name = name;
        Matcher group = LEADING_GROUP.matcher(name);
        this.start = group.find() && group.end() < name.length() ? group.end() : 0;
        this.episode = firstOf(rules.episodes());
        this.year = year();
    }

    Classification classification(ContentType type) {
        int end = titleEnd();
        String title = BORDER.matcher(name.substring(start, end)).replaceAll("");
        return new Classification(
                type,
                Optional.of(title).filter(it -> !it.isBlank()),
                year.map(it -> Integer.valueOf(it.group("year"))),
                number("season"),
                number("episode"),
                resolution().map(Rule::value),
                languages(name.substring(0, start) + " " + name.substring(end)));
    }

    private Optional<Integer> number(String group) {
        return episode.filter(it -> it.namedGroups().containsKey(group))
                .flatMap(it -> Optional.ofNullable(it.group(group)))
                .map(Integer::valueOf);
    }

    private Optional<MatchResult> firstOf(List<Pattern> patterns) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.find()) {
                return Optional.of(matcher.toMatchResult());
            }
        }
        return Optional.empty();
    }

    /// The first one in brackets, or else the last; never what the name begins with.
    private Optional<MatchResult> year() {
        Optional<MatchResult> last = Optional.empty();
        for (Pattern pattern : rules.years()) {
            Matcher matcher = pattern.matcher(name);
            while (matcher.find()) {
                if (matcher.start() != start) {
                    if (isInBrackets(matcher)) {
                        return Optional.of(matcher.toMatchResult());
                    }
                    last = Optional.of(matcher.toMatchResult());
                }
            }
        }
        return last;
    }

    private boolean isInBrackets(Matcher year) {
        return year.start() > 0
                && "([（【".indexOf(name.charAt(year.start() - 1)) >= 0
                && year.end() < name.length()
                && ")]）】".indexOf(name.charAt(year.end())) >= 0;
    }

    private Optional<Rule<String>> resolution() {
        return rules.resolutions().stream()
                .filter(rule -> rule.pattern().matcher(name).find())
                .findFirst();
    }

    /// Where the first thing begins that is no title: before it, at least one character is one.
    private int titleEnd() {
        int end = name.length();
        end = Math.min(end, startOf(episode));
        end = Math.min(end, startOf(year));
        end = Math.min(end, firstAfterStart(BRACKET));
        for (Pattern pattern : rules.ends()) {
            end = Math.min(end, firstAfterStart(pattern));
        }
        for (Rule<String> rule : rules.resolutions()) {
            end = Math.min(end, firstAfterStart(rule.pattern()));
        }
        return end;
    }

    private int startOf(Optional<MatchResult> match) {
        return match.map(MatchResult::start).filter(it -> it > start).orElse(name.length());
    }

    private int firstAfterStart(Pattern pattern) {
        Matcher matcher = pattern.matcher(name);
        return matcher.find(Math.min(start + 1, name.length())) ? matcher.start() : name.length();
    }

    private List<String> languages(String tail) {
        var told =
                rules.languages().stream()
                        .filter(rule -> rule.pattern().matcher(tail).find())
                        .map(Rule::value)
                        .toList();
        if (!told.isEmpty()) {
            return told;
        }
        return rules.scripts().stream()
                .filter(rule -> rule.pattern().matcher(name).find())
                .limit(1)
                .map(Rule::value)
                .toList();
    }
}
