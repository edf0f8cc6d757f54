package dev.starling.bench.load;

import dev.starling.id.Id;
import java.util.Optional;

/// Where the next query comes from. Confined to the loop's thread.
interface Questions {

    /// One query to send.
    ///
    /// @param token for an announce, else empty
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Question(LoadNode node, LoadMix.Kind kind, Id about, byte[] token) {

        static final byte[] NO_TOKEN = {};

        Question(LoadNode node, LoadMix.Kind kind, Id about) {
            this(node, kind, about, NO_TOKEN);
        }

        /// The announce that a token given in answer to this question allows.
        Question announce(byte[] given) {
            return new Question(node, LoadMix.Kind.ANNOUNCE_PEER, about, given);
        }
    }

    /// The next query; empty when there is none for now.
    Optional<Question> next();

    /// Told of a get_peers that was answered with a token.
    default void granted(Question question, byte[] token) {}

    /// Told of every query that was answered.
    ///
    /// @param reply valid during the call
    default void answered(Question question, ReplyReader reply) {}

    /// Whether there will be none any more.
    boolean isEnded();
}
