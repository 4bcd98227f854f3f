package costlake.approve;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an hour of one accelerator costs, with its part of the machine.
 *
 * @param basis {@code effective}, or {@code list} if no effective price is known
 * @param until last day of the cost from which the price is computed; null if the reference list
 *     has it
 */
public record Price(
    String acceleratorModel,
    String currency,
    BigDecimal hourlyRate,
    String basis,
    @Nullable LocalDate until) {}
