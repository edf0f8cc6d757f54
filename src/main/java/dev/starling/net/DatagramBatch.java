package dev.starling.net;

import dev.starling.id.Endpoint;
import dev.starling.id.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Places for datagrams on their way from or to the kernel, laid out as `struct mmsghdr` and what
/// it points to on 64-bit Linux. Allocated once; filled over and over. Confined to its loop.
final class DatagramBatch {

    private static final int HEADER_BYTES = 64;
    private static final int NAME_LENGTH_AT = 8;
    private static final int VECTOR_AT = 16;
    private static final int VECTOR_COUNT_AT = 24;
    private static final int LENGTH_AT = 56;

    /// `struct iovec`: where a payload is and how long.
    private static final int VECTOR_BYTES = 16;

    /// A place for `struct sockaddr_in6`; that for IPv4 is shorter.
    private static final int NAME_BYTES = 32;

    private static final int NAME_LENGTH_V4 = 16;
    private static final int NAME_LENGTH_V6 = 28;
    private static final int PORT_AT = 2;
    private static final int ADDRESS_V4_AT = 4;
    private static final int ADDRESS_V6_AT = 8;
    private static final short FAMILY_V4 = 2;
    private static final short FAMILY_V6 = 10;

    /// Between payloads, so that places of a round size do not compete for the same lines of the
    /// processor's cache.
    private static final int GAP_BYTES = 64;

    /// Who sends within some tenths of a second to a busy node; 60 KiB.
    private static final int SENDERS = 1 << 10;

    /// An odd number whose bits are mixed well, as the golden ratio's are.
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    /// The form in which an IPv4 address is held.
    private static final long MAPPED = 0xffff_0000_0000L;

    private final boolean isV4;
    private final int payloadBytes;
    private final MemorySegment headerSegment;
    private final ByteBuffer headers;
    private final ByteBuffer vectors;
    private final ByteBuffer names;
    private final ByteBuffer[] payloads;
    private final @Nullable Endpoint[] senders = new Endpoint[SENDERS];

    /// @param isV4 whether the socket speaks IPv4 alone; one for IPv6 sees IPv4 as mapped addresses
    /// @param count of datagrams
    /// @param payloadBytes of each at most
    DatagramBatch(boolean isV4, int count, int payloadBytes) {
        this.isV4 = isV4;
        this.payloadBytes = payloadBytes;
        long stride = (long) payloadBytes + GAP_BYTES;
        var arena = Arena.ofAuto();
        headerSegment = arena.allocate((long) count * HEADER_BYTES, Long.BYTES);
        var vectorSegment = arena.allocate((long) count * VECTOR_BYTES, Long.BYTES);
        var nameSegment = arena.allocate((long) count * NAME_BYTES, Long.BYTES);
        var payloadSegment = arena.allocate((long) count * stride, Long.BYTES);
        headers = buffer(headerSegment);
        vectors = buffer(vectorSegment);
        names = nameSegment.asByteBuffer(); // in network order
        payloads = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            payloads[i] = payloadSegment.asSlice(i * stride, payloadBytes).asByteBuffer();
            vectors.putLong(i * VECTOR_BYTES, payloadSegment.address() + i * stride);
            headers.putLong(i * HEADER_BYTES, nameSegment.address() + (long) i * NAME_BYTES);
            headers.putLong(
                    i * HEADER_BYTES + VECTOR_AT,
                    vectorSegment.address() + (long) i * VECTOR_BYTES);
            headers.putLong(i * HEADER_BYTES + VECTOR_COUNT_AT, 1);
            clear(i);
        }
    }

    private static ByteBuffer buffer(MemorySegment segment) {
        return segment.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    int capacity() {
        return payloads.length;
    }

    /// Reads what has come, as much as there is place for; how many datagrams that is.
    int receive(int socket) {
        return Math.max(0, DatagramCalls.receive(socket, headerSegment, payloads.length));
    }

    /// Sends the first `count`. One that the kernel refuses is lost, as one may be on its way.
    void send(int socket, int count) {
        int done = 0;
        while (done < count) {
            var rest =
                    done == 0 ? headerSegment : headerSegment.asSlice((long) done * HEADER_BYTES);
            done += Math.max(1, DatagramCalls.send(socket, rest, count - done));
        }
    }

    /// The datagram received at `index`, good until its place is cleared.
    ByteBuffer payload(int index) {
        return payloads[index].clear().limit(headers.getInt(index * HEADER_BYTES + LENGTH_AT));
    }

    /// Makes a place ready to receive again.
    void clear(int index) {
        headers.putInt(
                index * HEADER_BYTES + NAME_LENGTH_AT, isV4 ? NAME_LENGTH_V4 : NAME_LENGTH_V6);
        vectors.putLong(index * VECTOR_BYTES + Long.BYTES, payloadBytes);
    }

    /// Where the datagram at `index` came from. Whoever has sent lately is remembered, in a place
    /// shared with those of a similar hash, and costs no new object.
    Endpoint sender(int index) {
        int at = index * NAME_BYTES;
        int port = names.getShort(at + PORT_AT) & 0xffff;
        long high = isV4 ? 0 : names.getLong(at + ADDRESS_V6_AT);
        long low =
                isV4
                        ? MAPPED | (names.getInt(at + ADDRESS_V4_AT) & 0xffff_ffffL)
                        : names.getLong(at + ADDRESS_V6_AT + Long.BYTES);
        int hash = Long.hashCode((high ^ low ^ ((long) port << Short.SIZE)) * SPREAD);
        int place = hash & (SENDERS - 1);
        var known = senders[place];
        if (known != null && isAt(known, high, low) && known.port() == port) {
            return known;
        }
        var sender = new Endpoint(new IpAddress(high, low), port);
        senders[place] = sender;
        return sender;
    }

    private static boolean isAt(Endpoint endpoint, long high, long low) {
        return endpoint.address().high() == high && endpoint.address().low() == low;
    }

    /// The place for a payload at `index`, all of it.
    ByteBuffer place(int index) {
        return payloads[index].clear();
    }

    /// Addresses what lies in the place at `index`.
    ///
    /// @param lengthBytes of the payload
    void address(int index, Endpoint to, int lengthBytes) {
        int at = index * NAME_BYTES;
        var address = to.address();
        names.putShort(at + PORT_AT, (short) to.port());
        putFamily(at);
        if (isV4) {
            names.putInt(at + ADDRESS_V4_AT, address.v4Bits());
        } else {
            names.putLong(at + ADDRESS_V6_AT, address.high());
            names.putLong(at + ADDRESS_V6_AT + Long.BYTES, address.low());
        }
        vectors.putLong(index * VECTOR_BYTES + Long.BYTES, lengthBytes);
    }

    private void putFamily(int at) {
        short family = isV4 ? FAMILY_V4 : FAMILY_V6;
        boolean isBig = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        names.putShort(at, isBig ? family : Short.reverseBytes(family));
    }
}
