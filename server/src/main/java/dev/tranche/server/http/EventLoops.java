package dev.tranche.server.http;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.ThreadFactories;
import com.linecorp.armeria.common.util.TransportType;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Threads that read and write sockets, and that end at once when they are told to. Those of the library
/// first stand idle for two seconds in case more work comes, the accepting ones after the reading ones; here
/// none comes any more, because the doors are closed and every answer is sent before the threads are ended.
final class EventLoops extends MultiThreadIoEventLoopGroup {
    private static final long LIMIT_SECONDS = 5;

    private EventLoops(int threads, String name, IoHandlerFactory sockets) {
        super(threads, ThreadFactories.newEventLoopThreadFactory(name, false), sockets);
    }

    /// Starts them on the kind of socket that the library chose for this machine.
    static EventLoopGroup start(int threads, String name) {
        TransportType kind = Flags.transportType();
        return switch (kind) {
            case EPOLL -> new EventLoops(threads, name, EpollIoHandler.newFactory());
            case NIO -> new EventLoops(threads, name, NioIoHandler.newFactory());
            case KQUEUE, IO_URING -> EventLoopGroups.newEventLoopGroup(threads, name);
        };
    }

    @Override
    public Future<?> shutdownGracefully() {
        return shutdownGracefully(0, LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
