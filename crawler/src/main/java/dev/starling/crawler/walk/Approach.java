package dev.starling.crawler.walk;

import dev.starling.id.Contact;
import dev.starling.id.Endpoint;
import dev.starling.id.Id;
import dev.starling.krpc.KrpcResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the first nodes of a zone from nodes that lie outside of it: asks those closest to a point
/// of the zone for that point, and those they name, until some are inside.
final class Approach implements Asker {

    /// Nodes of the zone after which its own nodes lead on.
    static final int ENTRIES = 8;

    /// Under way at a time, as a lookup has.
    private static final int AT_ONCE = 3;

    /// Asked at most: ten hops of three, where a network of ten million takes eight.
    private static final int MAX_ASKED = 30;

    private static final int MAX_CANDIDATES = 64;

    private final ZoneWalk walk;
    private final Circumstances world;
    private final Id target;

    /// Closest to the target first.
    private final List<Contact> candidates = new ArrayList<>();

    private final Set<Endpoint> asked = new HashSet<>(); // never iterated
    private int underWay;

    Approach(ZoneWalk walk, Circumstances world) {
        this.walk = walk;
        this.world = world;
        target = walk.zone().point(Id.random(world.random()));
    }

    void begin(List<Contact> known) {
        known.forEach(this::consider);
        world.landmarks().near(target, MAX_CANDIDATES / 4).forEach(this::consider);
        advance();
    }

    boolean isUnderWay() {
        return underWay > 0;
    }

    @Override
    public void answered(Question question, KrpcResponse response, Turn turn) {
        underWay--;
        response.nodes().forEach(this::consider);
        advance();
        walk.moved(turn);
    }

    @Override
    public void refused(Question question, Turn turn) {
        underWay--;
        advance();
        walk.moved(turn);
    }

    @Override
    public void overdue(Question question, Turn turn) {
        world.landmarks().remove(question.to.id());
        if (!candidates.isEmpty() && asked.size() < MAX_ASKED) {
            ask(candidates.removeFirst());
        }
    }

    @Override
    public void lost(Question question, Turn turn) {
        underWay--;
        advance();
        walk.moved(turn);
    }

    private void consider(Contact contact) {
        if (walk.zone().contains(contact.id())) {
            walk.offer(contact, false);
        } else if (world.rules().allow(contact.endpoint())
                && !asked.contains(contact.endpoint())
                && !candidates.contains(contact)) {
            int at = 0;
            while (at < candidates.size()
                    && target.compareDistance(candidates.get(at).id(), contact.id()) <= 0) {
                at++;
            }
            candidates.add(at, contact);
            if (candidates.size() > MAX_CANDIDATES) {
                candidates.removeLast();
            }
        }
    }

    private void advance() {
        while (walk.size() < ENTRIES
                && underWay < AT_ONCE
                && asked.size() < MAX_ASKED
                && !candidates.isEmpty()) {
            ask(candidates.removeFirst());
        }
    }

    private void ask(Contact contact) {
        if (asked.add(contact.endpoint())) {
            underWay++;
            world.asking().add(new Question(this, contact, Question.Kind.FIND_NODE, target, 1));
        }
    }
}
