package dev.tranche.server.serving;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A model that adds one. A test can hold its calls at a gate, poison a value, and see how many rows each
/// call had, how often it was closed and whether it was ever asked when it was closed.
public final class Press implements Model {
    static final double POISON = 666;
    static final double REFUSED = 777;

    private final List<Integer> calls = new ArrayList<>();
    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicInteger under = new AtomicInteger();
    private final AtomicInteger misuses = new AtomicInteger();
    private final AtomicInteger explaining = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile CountDownLatch reasons = new CountDownLatch(0);

    Press() {}

    /// Holds every call from now on until the latch is counted down.
    CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(1);
        gate = latch;
        return latch;
    }

    /// Rows of each call so far, in the order they ended.
    List<Integer> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    public int closes() {
        return closes.get();
    }

    /// Calls that are under way.
    int under() {
        return under.get();
    }

    /// Calls of a closed model, and closes under a call.
    public int misuses() {
        return misuses.get();
    }

    private void call(int rows, Runnable work) {
        under.incrementAndGet();
        try {
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the gate was not opened");
            }
            work.run();
            if (closes.get() > 0) {
                misuses.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            under.decrementAndGet();
            synchronized (calls) {
                calls.add(rows);
            }
        }
    }

    private static double press(double x, Deadline deadline) {
        if (deadline.passed()) {
            throw DeadlinePassedException.after(0, 1);
        }
        if (x == POISON) {
            throw new IllegalStateException("poisoned");
        }
        if (x == REFUSED) {
            throw RowRefusedException.of("x", "is refused by the model");
        }
        return x + 1;
    }

    @Override
    public Prediction predict(double[] vector, Deadline deadline) {
        double[] sum = new double[1];
        call(1, () -> sum[0] = press(vector[0], deadline));
        return new Prediction(sum, sum.clone());
    }

    @Override
    public Scorer scorer() {
        return new Scorer() {
            @Override
            public void predict(double[] vector, Deadline deadline, double[] margins, double[] outputs) {
                predictRows(vector, 1, deadline, margins, outputs);
            }

            @Override
            public void predictRows(double[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
                call(rows, () -> {
                    for (int i = 0; i < rows; i++) {
                        margins[i] = press(vectors[i], deadline);
                        outputs[i] = margins[i];
                    }
                });
            }

            @Override
            public void predictRows(float[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
                throw new UnsupportedOperationException("serving asks in double");
            }
        };
    }

    @Override
    public void close() {
        closes.incrementAndGet();
        if (under.get() > 0) {
            misuses.incrementAndGet();
        }
    }

    @Override
    public List<String> inputNames() {
        return List.of("x");
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public int margins() {
        return 1;
    }

    @Override
    public Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public int trees() {
        return 0;
    }

    /// Holds every explanation from now on until the latch is counted down or its deadline passes.
    CountDownLatch holdReasons() {
        CountDownLatch latch = new CountDownLatch(1);
        reasons = latch;
        return latch;
    }

    /// Explanations that are under way.
    int explaining() {
        return explaining.get();
    }

    @Override
    public Optional<Explainer> explainer() {
        return Optional.of(new Explainer() {
            @Override
            public Contributions.Method method() {
                return Contributions.Method.POINTS_BELOW_REFERENCE;
            }

            @Override
            public String reference() {
                return "zero";
            }

            @Override
            public double base(int margin) {
                return 1;
            }

            @Override
            public double[] parts(double[] vector, int margin, Deadline deadline) {
                CountDownLatch latch = reasons;
                explaining.incrementAndGet();
                try {
                    while (latch.getCount() > 0) {
                        if (deadline.passed()) {
                            throw DeadlinePassedException.after(0, 1);
                        }
                        Thread.onSpinWait();
                    }
                } finally {
                    explaining.decrementAndGet();
                }
                return new double[] {vector[0]};
            }
        });
    }
}
