package dev.tranche.batch.market.series;

import dev.tranche.market.volatility.VolatilityForm;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A form in the words of the command line.
final class FormWord implements ITypeConverter<VolatilityForm> {
    private FormWord() {}

    @Override
    public VolatilityForm convert(String word) {
        return Arrays.stream(VolatilityForm.values())
                .filter(form -> form.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("must be garch, gjr or egarch: " + word));
    }
}
