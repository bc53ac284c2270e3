package dev.tranche.engine.http;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.ThreadFactories;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// The few threads that read and write the sockets of the doors, and end at once when they are told to:
/// nobody comes any more when the doors are closed. The library's own would stand idle for two seconds
/// first.
public final class DoorLoops extends MultiThreadIoEventLoopGroup {
    private static final long LIMIT_SECONDS = 1;

    private DoorLoops(int threads, String name, IoHandlerFactory sockets) {
        super(threads, ThreadFactories.newEventLoopThreadFactory(name, true), sockets);
    }

    /// Threads for the kind of socket that the library chose for this machine.
    public static EventLoopGroup start(int threads, String name) {
        return switch (Flags.transportType()) {
            case EPOLL -> new DoorLoops(threads, name, EpollIoHandler.newFactory());
            case NIO -> new DoorLoops(threads, name, NioIoHandler.newFactory());
            case KQUEUE, IO_URING -> EventLoopGroups.newEventLoopGroup(threads, name, true);
        };
    }

    @Override
    public Future<?> shutdownGracefully() {
        return shutdownGracefully(0, LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
