package dev.tranche.server.bodies;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Reads bodies up to a limit. What comes beyond it is read on for a while and thrown away: a client that still
/// writes when an answer closes its stream may take that for a broken connection, and never see why it was
/// refused.
public final class Bodies {
    /// Bytes beyond the limit that are read and thrown away; after them the stream is closed.
    public static final long RUN_OUT = 8L << 20;

    private Bodies() {}

    /// What the HTTP library is told to let through for a limit of ours.
    public static long let(long limitBytes) {
        return limitBytes + RUN_OUT;
    }

    /// The limit of ours behind what the HTTP library lets through.
    public static long limit(long letBytes) {
        return letBytes - RUN_OUT;
    }

    /// The whole request; ends with [ContentTooLargeException] when its body is larger than `limitBytes`.
    public static CompletableFuture<AggregatedHttpRequest> whole(
            HttpRequest request, long limitBytes, AggregationOptions options) {
        long declared = request.headers().contentLength();
        if (declared >= 0 && declared <= limitBytes) {
            return request.aggregate(options);
        }
        Taken taken = new Taken(limitBytes, declared);
        return whole(request, taken, options);
    }

    /// The whole request; ends with what `room` throws at the first bytes for which there is none.
    ///
    /// @param room is asked for room for so many more bytes
    public static CompletableFuture<AggregatedHttpRequest> whole(
            HttpRequest request, IntConsumer room, AggregationOptions options) {
        Sieve sieve = new Sieve(room);
        return request.mapData(sieve::pass).aggregate(options).thenApply(sieve::ended);
    }

    /// Throws the body away; completes when it has ended or is too long to wait for.
    public static CompletableFuture<Boolean> runOut(HttpRequest request) {
        Sieve sieve = new Sieve(_ -> {
            throw new IllegalStateException("nothing is kept");
        });
        return request.mapData(sieve::pass).aggregate().handle((_, failure) -> failure == null);
    }

    /// Room of a fixed size.
    private static final class Taken implements IntConsumer {
        private final long limit;
        private final long declared;
        private long bytes;

        Taken(long limit, long declared) {
            this.limit = limit;
            this.declared = declared;
        }

        @Override
        public void accept(int more) {
            bytes += more;
            if (bytes > limit || declared > limit) {
                throw ContentTooLargeException.builder()
                        .maxContentLength(limit)
                        .transferred(bytes)
                        .build();
            }
        }
    }

    /// Lets through what there is room for; the data of one stream come one after another.
    private static final class Sieve {
        private final IntConsumer room;
        private volatile @Nullable RuntimeException full;
        private long thrownAway;

        Sieve(IntConsumer room) {
            this.room = room;
        }

        HttpData pass(HttpData data) {
            RuntimeException no = full;
            if (no == null) {
                try {
                    room.accept(data.length());
                    return data;
                } catch (RuntimeException none) {
                    no = none;
                    full = none;
                }
            }
            thrownAway += data.length();
            data.close();
            if (thrownAway > RUN_OUT) {
                throw no;
            }
            return HttpData.empty();
        }

        AggregatedHttpRequest ended(AggregatedHttpRequest whole) {
            RuntimeException no = full;
            if (no != null) {
                whole.content().close();
                throw no;
            }
            return whole;
        }
    }
}
