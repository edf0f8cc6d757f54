package dev.starling.swarm;

import dev.starling.metainfo.PieceSet;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The pieces nobody has been asked for yet, rarest first and in random order among the equally
/// rare.
///
/// One array holds the pieces sorted by availability, so that each availability is one contiguous
/// bucket, and a second tells where each piece stands. When a piece becomes one more or one less
/// available it changes places with the one at its bucket's border and the border moves by one: a
/// change costs the same however many pieces there are, and the rarest is always the first. The
/// idea is libtorrent's (`piece_picker`).
final class PieceOrder {

    private final RandomGenerator random;
    private final int[] order;
    private final int[] position;
    private final int[] availability;

    /// Where each bucket ends; it begins where the one before ends.
    private int[] bucketEnd = new int[8];

    private final PieceSet members;

    PieceOrder(int pieceCount, RandomGenerator random) {
        this.random = random;
        this.order = new int[pieceCount];
        this.position = new int[pieceCount];
        this.availability = new int[pieceCount];
        this.members = new PieceSet(pieceCount);
    }

    int size() {
        return members.size();
    }

    /// The piece at a place in the order, 0 for the rarest.
    int at(int place) {
        return order[place];
    }

    boolean contains(int pieceIndex) {
        return members.contains(pieceIndex);
    }

    /// The same pieces as a set, to be read only.
    PieceSet members() {
        return members;
    }

    /// How many peers have the piece, seeds left out.
    int availability(int pieceIndex) {
        return availability[pieceIndex];
    }

    void add(int pieceIndex) {
        int hole = members.size();
        if (!members.add(pieceIndex)) {
            return;
        }
        int bucket = availability[pieceIndex];
        for (int above = bucketEnd.length - 1; above > bucket; above--) {
            int start = bucketEnd[above - 1];
            move(start, hole);
            hole = start;
            bucketEnd[above]++;
        }
        place(pieceIndex, hole);
        bucketEnd[bucket]++;
        shuffle(pieceIndex);
    }

    void remove(int pieceIndex) {
        if (!members.remove(pieceIndex)) {
            return;
        }
        int hole = position[pieceIndex];
        for (int bucket = availability[pieceIndex]; bucket < bucketEnd.length; bucket++) {
            int last = --bucketEnd[bucket];
            move(last, hole);
            hole = last;
        }
    }

    /// One more peer has the piece.
    void increment(int pieceIndex) {
        int bucket = availability[pieceIndex]++;
        if (bucket + 1 >= bucketEnd.length) {
            int length = bucketEnd.length;
            bucketEnd = Arrays.copyOf(bucketEnd, length * 2);
            Arrays.fill(bucketEnd, length, length * 2, members.size());
        }
        if (contains(pieceIndex)) {
            swap(position[pieceIndex], --bucketEnd[bucket]);
            shuffle(pieceIndex);
        }
    }

    /// One peer less has the piece.
    void decrement(int pieceIndex) {
        int bucket = availability[pieceIndex]--;
        if (bucket == 0) {
            throw new IllegalStateException("piece " + pieceIndex + " was available to nobody");
        }
        if (contains(pieceIndex)) {
            swap(position[pieceIndex], bucketEnd[bucket - 1]++);
            shuffle(pieceIndex);
        }
    }

    /// Gives the piece a random place in its bucket.
    private void shuffle(int pieceIndex) {
        int bucket = availability[pieceIndex];
        int start = bucket == 0 ? 0 : bucketEnd[bucket - 1];
        int length = bucketEnd[bucket] - start;
        if (length > 1) {
            swap(position[pieceIndex], start + random.nextInt(length));
        }
    }

    private void swap(int a, int b) {
        int pieceAtA = order[a];
        place(order[b], a);
        place(pieceAtA, b);
    }

    /// Fills the hole with the piece at `from`; an empty bucket has none to give.
    private void move(int from, int hole) {
        if (from != hole) {
            place(order[from], hole);
        }
    }

    private void place(int pieceIndex, int at) {
        order[at] = pieceIndex;
        position[pieceIndex] = at;
    }
}
