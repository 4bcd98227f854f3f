package costlake.land.read.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.spark.sql.catalyst.util.TimestampFormatter;
import org.apache.spark.sql.catalyst.util.TimestampFormatter$;

class TypedTextProperties {
  private static final long MICROS = 1_000_000;
  private static final TimestampFormatter ENGINE =
      TimestampFormatter$.MODULE$.getFractionFormatter(ZoneOffset.UTC);

  @Property
  void aTimeIsWrittenAsTheEngineWritesIt(
      @ForAll @LongRange(min = -99_999_999_999L, max = 299_999_999_999L) long seconds,
      @ForAll @LongRange(min = 0, max = 3) long fraction) {
    long micros = seconds * MICROS + fraction * 250_000;
    assertThat(TypedText.time(micros)).hasToString(ENGINE.format(micros));
  }

  @Property
  void aDoubleIsItsShortestDecimalWithoutExponent(@ForAll double value) {
    String text = TypedText.shortest(value).toString();
    BigDecimal shortest = new BigDecimal(DoubleToDecimal.toString(value));
    assertThat(text).matches("-?\\d+\\.\\d{1,21}");
    assertThat(new BigDecimal(text))
        .isEqualByComparingTo(
            shortest.setScale(Math.min(21, Math.max(0, shortest.scale())), RoundingMode.HALF_EVEN));
    assertThat(TypedText.isLong(value)).isEqualTo(new BigDecimal(text).compareTo(shortest) != 0);
  }

  @Example
  void writesNegativeZeroAsZeroAndNanByName() {
    assertThat(TypedText.shortest(-0.0)).hasToString("0.0");
    assertThat(TypedText.shortest(100.0)).hasToString("100.0");
    assertThat(TypedText.shortest(0.00042f)).hasToString("0.00042");
    assertThat(TypedText.shortest(1e20)).hasToString("100000000000000000000.0");
    assertThat(TypedText.shortest(Double.NaN)).hasToString("NaN");
    assertThat(TypedText.shortest(Float.NEGATIVE_INFINITY)).hasToString("-Infinity");
  }
}
