package dev.starling.dht;

import dev.starling.bencode.ByteString;
import dev.starling.id.Endpoint;
import dev.starling.krpc.KrpcCodec;
import dev.starling.krpc.KrpcMessage;
import dev.starling.krpc.KrpcQuery;
import dev.starling.krpc.KrpcQuery.Header;
import dev.starling.krpc.KrpcQuery.Want;
import java.util.OptionalLong;

/// Puts our questions on the wire, each as a transaction.
final class Queries {

    private final ContactTables tables;
    private final Transactions transactions;
    private final Outlet outlet;
    private final boolean isReadOnly;

    Queries(ContactTables tables, Transactions transactions, Outlet outlet, boolean isReadOnly) {
        this.tables = tables;
        this.transactions = transactions;
        this.outlet = outlet;
        this.isReadOnly = isReadOnly;
    }

    /// Asks; `asker` hears what comes of it.
    void ask(Question question, Recipient to, Asker asker, Turn turn) {
        var pending = new Transactions.Pending(to, asker, turn.nowNanos());
        var transaction = transactions.open(pending);
        send(to.endpoint(), query(question, transaction), turn);
    }

    void send(Endpoint to, KrpcMessage message, Turn turn) {
        outlet.send(to, message, turn);
    }

    private KrpcQuery query(Question question, ByteString transaction) {
        var header = new Header(transaction, tables.selfId(), isReadOnly, KrpcCodec.VERSION);
        return switch (question) {
            case Question.Ping() -> new KrpcQuery.Ping(header);
            case Question.FindNode(var target) -> new KrpcQuery.FindNode(header, target, want());
            case Question.GetPeers(var infoHash, boolean scrape) ->
                    new KrpcQuery.GetPeers(header, infoHash, want(), false, scrape);
            case Question.GetItem(var target) ->
                    new KrpcQuery.Get(header, target, OptionalLong.empty(), want());
            case Question.PutItem(var item, var cas, var token) ->
                    new KrpcQuery.Put(header, token, cas, item);
            case Question.SampleInfohashes(var target) ->
                    new KrpcQuery.SampleInfohashes(header, target, want());
            case Question.AnnouncePeer(var infoHash, var announce, var token) ->
                    new KrpcQuery.AnnouncePeer(
                            header,
                            infoHash,
                            announce.port(),
                            announce.impliedPort(),
                            token,
                            announce.seed());
        };
    }

    /// A node of one family says nothing and gets that family (BEP 32).
    private Want want() {
        return tables.speaksBoth() ? new Want(true, true) : Want.UNSPECIFIED;
    }
}
