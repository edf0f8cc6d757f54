package dev.starling.metainfo;

import dev.starling.id.Id;
import dev.starling.id.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads and writes magnet links (BEP 9, BEP 53).
///
/// Links are pasted from anywhere, so what does not name the torrent is read with patience: keys in
/// any case and with a number behind (`tr.1`), `&amp;` for `&`, broken escapes taken literally, and
/// unknown keys passed over.
final class MagnetCodec {

    /// Peers and trackers kept of each; what exceeds it is left out.
    static final int MAX_ADDRESSES = 200;

    /// Ranges of files kept.
    static final int MAX_RANGES = 10_000;

    /// No torrent that we load has more files: each takes 27 bytes of metadata at least.
    static final int MAX_FILE_INDEX = InfoReader.MAX_INFO_BYTES / 27;

    private static final String SCHEME = "magnet:?";

    private final List<String> topics = new ArrayList<>();
    private final Set<String> peers = new LinkedHashSet<>();
    private final Set<String> trackers = new LinkedHashSet<>();
    private final List<Magnet.IndexRange> selection = new ArrayList<>();
    private Optional<String> name = Optional.empty();
    private boolean isMutable;

    private MagnetCodec() {}

    static Magnet.Result parse(String link) {
        String trimmed = link.strip();
        if (trimmed.length() > Magnet.MAX_CHARS) {
            return new Magnet.Refused(
                    "the link has %d characters, limit %d"
                            .formatted(trimmed.length(), Magnet.MAX_CHARS));
        }
        if (SCHEME.startsWith(trimmed.toLowerCase(Locale.ROOT)) && !trimmed.isEmpty()) {
            return new Magnet.Refused("nothing follows '" + trimmed + "'");
        }
        if (!trimmed.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Magnet.Refused("not a magnet link: it does not begin with 'magnet:?'");
        }
        var codec = new MagnetCodec();
        for (String parameter : trimmed.substring(SCHEME.length()).split("&", -1)) {
            codec.parameter(parameter);
        }
        return codec.result();
    }

    private void parameter(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0) {
            return;
        }
        String value = parameter.substring(equals + 1);
        switch (key(parameter.substring(0, equals))) {
            case "xt" -> topics.add(PercentCode.decode(value).strip());
            case "xs" -> isMutable |= PercentCode.decode(value).startsWith("urn:btpk:");
            case "dn" -> name = name.or(() -> displayName(value));
            case "x.pe" -> add(PercentCode.decode(value), peers);
            case "tr" -> add(PercentCode.decode(value), trackers);
            case "so" -> select(PercentCode.decode(value));
            default -> {} // BEP 9 leaves room for more
        }
    }

    /// The key in lower case, without `amp;` of HTML before it or a number behind it.
    private static String key(String raw) {
        String key = raw.toLowerCase(Locale.ROOT);
        if (key.startsWith("amp;")) {
            key = key.substring("amp;".length());
        }
        int dot = key.lastIndexOf('.');
        boolean isNumbered =
                dot > 0 && key.substring(dot + 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumbered ? key.substring(0, dot) : key;
    }

    private static Optional<String> displayName(String value) {
        String spaced = value.replace('+', ' '); // as web forms write a space
        return Optional.of(SafeText.of(PercentCode.decode(spaced)).strip())
                .filter(text -> !text.isEmpty());
    }

    private static void add(String address, Set<String> addresses) {
        boolean isUsable =
                !address.isEmpty() && address.chars().allMatch(c -> c > ' ' && c != 0x7f);
        if (isUsable && addresses.size() < MAX_ADDRESSES) {
            addresses.add(address);
        }
    }

    private void select(String ranges) {
        for (String range : ranges.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = index(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : index(range.substring(dash + 1));
            if (first >= 0 && last >= first && selection.size() < MAX_RANGES) {
                selection.add(new Magnet.IndexRange(first, last));
            }
        }
    }

    /// The file index, or -1.
    private static int index(String digits) {
        boolean isNumber =
                !digits.isEmpty()
                        && digits.length() <= 7
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int index = isNumber ? Integer.parseInt(digits) : -1;
        return index <= MAX_FILE_INDEX ? index : -1;
    }

    private Magnet.Result result() {
        return switch (MagnetTopic.choose(topics, isMutable)) {
            case MagnetTopic.Refused(var reason) -> new Magnet.Refused(reason);
            case MagnetTopic.V1(Id infoHash) ->
                    new Magnet.Parsed(
                            new Magnet(
                                    infoHash,
                                    name,
                                    peers.stream().filter(MagnetCodec::isHostAndPort).toList(),
                                    List.copyOf(trackers),
                                    selection));
        };
    }

    /// Whether this is `host:port`, `ipv4:port` or `[ipv6]:port` with a port from 1 to 65535.
    private static boolean isHostAndPort(String peer) {
        int colon = peer.lastIndexOf(':');
        if (colon < 1 || peer.length() - colon > 6) {
            return false;
        }
        String host = peer.substring(0, colon);
        boolean isHost = host.chars().noneMatch(c -> "[]:".indexOf(c) >= 0);
        String port = peer.substring(colon + 1);
        return (isHost || isBracketedIpv6(host))
                && !port.isEmpty()
                && port.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(port) >= 1
                && Integer.parseInt(port) <= 0xffff;
    }

    private static boolean isBracketedIpv6(String host) {
        return host.startsWith("[")
                && host.endsWith("]")
                && IpAddress.parse(host.substring(1, host.length() - 1)).isPresent();
    }

    static String write(Magnet magnet) {
        var uri = new StringBuilder(SCHEME + MagnetTopic.BTIH_KEY + magnet.infoHash().hex());
        magnet.name().ifPresent(name -> uri.append("&dn=").append(PercentCode.encode(name, "")));
        for (String tracker : magnet.trackers()) {
            uri.append("&tr=").append(PercentCode.encode(tracker, ""));
        }
        for (String peer : magnet.peers()) {
            uri.append("&x.pe=").append(PercentCode.encode(peer, ":[]"));
        }
        if (!magnet.selection().isEmpty()) {
            uri.append("&so=")
                    .append(
                            magnet.selection().stream()
                                    .map(MagnetCodec::range)
                                    .collect(Collectors.joining(",")));
        }
        return uri.toString();
    }

    private static String range(Magnet.IndexRange range) {
        return range.first() == range.last()
                ? Integer.toString(range.first())
                : range.first() + "-" + range.last();
    }
}
