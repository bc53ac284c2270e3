package dev.tranche.market.simulation;

/// Whose turn it is: a heap of sources by the time of their next event, at one time by their number.
final class Agenda {
    private final int[] sources;
    private final long[] times;
    private int size;

    Agenda(int capacity) {
        this.sources = new int[capacity];
        this.times = new long[capacity];
    }

    /// The earliest time; the largest number when there is none.
    long at() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    int first() {
        return sources[0];
    }

    void add(int source, long at) {
        int place = size++;
        while (place > 0 && before(at, source, (place - 1) >> 1)) {
            int parent = (place - 1) >> 1;
            sources[place] = sources[parent];
            times[place] = times[parent];
            place = parent;
        }
        sources[place] = source;
        times[place] = at;
    }

    /// The first source's next event is at another time.
    void replace(long at) {
        int source = sources[0];
        int place = 0;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && before(times[child + 1], sources[child + 1], child)) {
                child++;
            }
            if (!before(times[child], sources[child], at, source)) {
                break;
            }
            sources[place] = sources[child];
            times[place] = times[child];
            place = child;
        }
        sources[place] = source;
        times[place] = at;
    }

    private boolean before(long at, int source, int place) {
        return before(at, source, times[place], sources[place]);
    }

    private static boolean before(long at, int source, long otherAt, int otherSource) {
        return at != otherAt ? at < otherAt : source < otherSource;
    }
}
