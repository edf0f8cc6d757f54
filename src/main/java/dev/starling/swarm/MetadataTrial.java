package dev.starling.swarm;

import dev.starling.hash.Sha1;
import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoReader;
import java.util.ArrayList;
import java.util.List;

/// Judges complete info dictionaries and finds out who sent false ones.
///
/// Who sent all of a false one lied. False ones of several senders are kept and, once the true one
/// is known, whoever sent anything else is banned.
final class MetadataTrial {

    /// False dictionaries kept to compare with the truth.
    private static final int MAX_FALSE = 4;

    private final Id infoHash;
    private final List<MetadataAssembly> unsolved = new ArrayList<>();

    sealed interface Outcome {}

    /// More is needed.
    record Pending() implements Outcome {}

    record Fetched(InfoDictionary info) implements Outcome {}

    /// The true dictionary is none that we can load.
    record Unusable(String reason) implements Outcome {}

    MetadataTrial(Id infoHash) {
        this.infoHash = infoHash;
    }

    Outcome judge(MetadataAssembly assembly, Turn turn) {
        byte[] bytes = assembly.toBytes();
        if (!Id.of(Sha1.of(bytes)).equals(infoHash)) {
            blame(assembly, turn);
            return new Pending();
        }
        for (var attempt : unsolved) {
            for (var liar : attempt.liars(bytes)) {
                turn.ban(liar, "sent false metadata");
            }
        }
        return switch (InfoReader.read(bytes)) {
            case InfoReader.Loaded(var info) -> new Fetched(info);
            case InfoReader.Refused(var reason) -> new Unusable(reason);
        };
    }

    void clear() {
        unsolved.clear();
    }

    private void blame(MetadataAssembly spoilt, Turn turn) {
        var senders = spoilt.senders();
        if (senders.size() == 1) {
            turn.ban(senders.iterator().next(), "sent false metadata");
        } else if (unsolved.size() < MAX_FALSE) {
            unsolved.add(spoilt);
        }
    }
}
