package dev.starling.net;

import dev.starling.id.Endpoint;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A UDP socket that reads and writes in batches by system calls of our own; see
/// `docs/decisions/answering.md`. No object is made for a datagram but its sender.
///
/// Netty's loop waits for it as for any other socket. What the kernel cannot take at once is
/// dropped: its buffer holds half a second of a slow link.
final class BatchedSocket implements UdpSocket, EpollIoHandle {

    /// Datagrams to one system call: four times what Netty takes at once, beyond which nothing is
    /// gained, and still read before the first sender has waited long.
    private static final int DATAGRAMS = 64;

    /// So many that a node sees by the length of its turns whether it keeps up.
    private static final int BATCHES_A_TURN = 4;

    /// What we send is never longer than a path carries unbroken.
    private static final int MAX_SENT_BYTES = 2_048;

    private final NetLoop loop;
    private final LinuxSocket socket;
    private final Endpoint local;
    private final DatagramBatch incoming;
    private final DatagramBatch outgoing;

    /// Made once, as it is asked for in every turn.
    private final Runnable flusher = this::flushAtTurnEnd;

    private int unsent;
    private boolean isFlushDue;
    private @Nullable Receiver receiver;
    private @Nullable IoRegistration registration;

    private BatchedSocket(NetLoop loop, LinuxSocket socket, boolean isV4) {
        this.loop = loop;
        this.socket = socket;
        local = Addresses.endpoint(socket.localAddress());
        incoming = new DatagramBatch(isV4, DATAGRAMS, Transport.MAX_DATAGRAM_BYTES);
        outgoing = new DatagramBatch(isV4, DATAGRAMS, MAX_SENT_BYTES);
    }

    static BatchedSocket bind(NetLoop loop, Endpoint local) throws IOException {
        var socket = LinuxSocket.newSocketDgram(Addresses.family(local));
        try {
            socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
            socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
            socket.bind(Addresses.socketAddress(local));
            return new BatchedSocket(loop, socket, local.isV4());
        } catch (IOException e) {
            socket.close();
            throw Binding.refused("UDP", local, e);
        }
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void receive(Receiver hears) {
        loop.execute(() -> {
            receiver = hears;
            loop.register(this, this::registered);
        });
    }

    private void registered(IoRegistration with) {
        registration = with;
        with.submit(EpollIoOps.EPOLLIN);
    }

    /// Something has come. Whatever waits is one turn, up to a bound: the loop is told again if
    /// there is more.
    @Override
    public void handle(IoRegistration registered, IoEvent event) {
        int batches = 1;
        while (handBatch() == DATAGRAMS && batches < BATCHES_A_TURN) {
            batches++;
        }
    }

    private int handBatch() {
        int count = socket.isOpen() ? incoming.receive(socket.intValue()) : 0;
        for (int i = 0; i < count; i++) {
            hand(i);
            incoming.clear(i);
        }
        return count;
    }

    private void hand(int index) {
        if (receiver != null) {
            receiver.received(incoming.sender(index), incoming.payload(index));
        }
    }

    @Override
    public void send(Endpoint to, ByteBuffer payload) {
        int length = payload.remaining();
        if (to.port() == 0 || length > MAX_SENT_BYTES || !socket.isOpen()) {
            return;
        }
        outgoing.place(unsent).put(0, payload, payload.position(), length);
        outgoing.address(unsent, to, length);
        unsent++;
        if (unsent == outgoing.capacity()) {
            flush();
        } else if (!isFlushDue) {
            isFlushDue = true;
            loop.atTurnEnd(flusher);
        }
    }

    private void flushAtTurnEnd() {
        isFlushDue = false;
        flush();
    }

    private void flush() {
        if (receiver != null) {
            receiver.beforeSending();
        }
        if (socket.isOpen()) {
            outgoing.send(socket.intValue(), unsent);
        }
        unsent = 0;
    }

    @Override
    public void close() {
        loop.finish(this::closeNow);
    }

    private void closeNow() {
        if (!socket.isOpen()) {
            return;
        }
        flush();
        if (registration != null) {
            registration.cancel();
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
