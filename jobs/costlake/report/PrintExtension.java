package costlake.report;

import static java.util.Map.entry;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The filters and the function with which templates print figures, names and texts. */
final class PrintExtension extends AbstractExtension {
  private static final int DEFAULT_WIDTH = 44;

  private final FigureFormat figures;

  private final StatementTexts words;

  PrintExtension(FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
  }

  @Override
  public Map<String, Filter> getFilters() {
    return Map.ofEntries(
        entry("money", figure(figures::money)),
        entry("rise", figure(figures::moneyRise)),
        entry("whole", figure(figures::whole)),
        entry("quantity", figure(figures::quantity)),
        entry("units", figure(figures::units)),
        entry("count", figure(figures::count)),
        entry("millions", figure(figures::millions)),
        entry("exact", figure(figures::exact)),
        entry("fine", figure(figures::fine)),
        entry("price", figure(figures::price)),
        entry("percent", figure(figures::percent)),
        entry("change", new OneArgument("before", this::change)),
        entry(
            "day",
            new OneArgument(
                "unused", (day, none) -> figures.day((LocalDate) Objects.requireNonNull(day)))),
        entry("name", new OneArgument("most", this::name)),
        entry("kind", text(id -> id == null ? null : words.kind(id))),
        entry("effect", text(words::effect)),
        entry("driver", text(words::driver)),
        entry("metric", figure(figures::metric)),
        entry("month", new OneArgument("unused", (day, none) -> month(day))),
        entry("reason", text(words::reason)),
        entry("life", text(words::life)),
        entry("use", text(words::use)),
        entry("idle", text(words::idle)),
        entry("benefit", text(words::benefit)),
        entry("traffic", text(words::traffic)),
        entry("check", text(words::check)));
  }

  @Override
  public Map<String, io.pebbletemplates.pebble.extension.Function> getFunctions() {
    return Map.of("t", new Say());
  }

  private @Nullable Object month(@Nullable Object day) {
    return day == null ? null : figures.month((LocalDate) day);
  }

  private Object change(@Nullable Object now, @Nullable Object before) {
    return figures.change((BigDecimal) now, (BigDecimal) before, words::from);
  }

  private Object name(@Nullable Object name, @Nullable Object most) {
    if (name == null) {
      return words.say("(no name)");
    }
    int width = most instanceof Number n ? n.intValue() : DEFAULT_WIDTH;
    return SafeNames.shorten(SafeNames.plain(name.toString()), width);
  }

  private static Filter figure(Function<BigDecimal, String> print) {
    return new OneArgument("unused", (value, none) -> print.apply((BigDecimal) value));
  }

  private static Filter text(Function<@Nullable String, @Nullable String> print) {
    return new OneArgument("unused", (value, none) -> print.apply((String) value));
  }

  /**
   * The function that translates a text of a page. Its arguments are the English text, and the
   * values for {0}, {1} and so on.
   */
  private final class Say implements io.pebbletemplates.pebble.extension.Function {
    @Override
    public Object execute(
        Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
      Object[] values = new Object[arguments.size() - 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments.get(String.valueOf(i + 1));
      }
      return words.say(Objects.requireNonNull((String) arguments.get("0")), values);
    }

    @Override
    public @Nullable List<String> getArgumentNames() {
      return null;
    }
  }

  /** Converts a value to the printed text. Also receives the argument of the filter. */
  private interface Print {
    @Nullable Object apply(@Nullable Object value, @Nullable Object argument);
  }

  /** A filter with at most one argument. */
  private record OneArgument(String argument, Print print) implements Filter {
    @Override
    public @Nullable Object apply(
        @Nullable Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return print.apply(input, arguments.get(argument));
    }

    @Override
    public List<String> getArgumentNames() {
      return List.of(argument);
    }
  }
}
