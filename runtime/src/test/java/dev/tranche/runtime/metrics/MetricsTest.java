package dev.tranche.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void aCounterIsScrapedUnderItsPrometheusName() {
        try (Metrics metrics = Metrics.create()) {
            Counter.builder(MetricNames.ROUTE_CHANGES)
                    .tag("product", "consumer_apply")
                    .register(metrics.registry())
                    .increment();
            assertThat(metrics.scrape()).contains("tranche_route_changes_total{product=\"consumer_apply\"} 1.0");
        }
    }

    @Test
    void namesAreDottedBeginWithTrancheAndAreGivenOnce() throws Exception {
        List<String> names = new ArrayList<>();
        for (Field field : MetricNames.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                names.add((String) field.get(null));
            }
        }
        assertThat(names).isNotEmpty().doesNotHaveDuplicates().allMatch(name -> name.matches("tranche(\\.[a-z]+)+"));
    }
}
