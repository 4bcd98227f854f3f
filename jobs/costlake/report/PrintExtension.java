package costlake.report;

import static java.util.Map.entry;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
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

  /** Longest name of the web page. */
  private static final int WHOLE_NAME = 200;

  /** Name by which templates have the {@link CutNames}. */
  static final String CUT = "cut";

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
        entry("quantity", sortable(figures::quantity)),
        entry("units", figure(figures::units)),
        entry("count", figure(figures::count)),
        entry("millions", figure(figures::millions)),
        entry("exact", figure(figures::exact)),
        entry("fine", figure(figures::fine)),
        entry("price", figure(figures::price)),
        entry("percent", figure(figures::percent)),
        entry("change", new OneArgument("before", this::change, this::webChange)),
        entry("day", day(figures::day)),
        entry("name", new Name()),
        entry("kind", text(id -> id == null ? null : words.kind(id))),
        entry("effect", text(words::effect)),
        entry("driver", text(words::driver)),
        entry("metric", sortable(figures::metric)),
        entry("month", day(figures::month)),
        entry("reason", text(words::reason)),
        entry("price_basis", text(words::priceBasis)),
        entry("life", text(words::life)),
        entry("use", text(words::use)),
        entry("idle", text(words::idle)),
        entry("benefit", text(words::benefit)),
        entry("traffic", text(words::traffic)),
        entry("spaced", text(id -> id == null ? null : StatementTexts.spaced(id))),
        entry("assumption", new OneArgument("kind", this::assumption)),
        entry("check", text(words::check)),
        entry(
            "without_dashes",
            new OneArgument(
                "unused",
                (html, none) -> new SafeString(PaperTables.withoutDashes(String.valueOf(html))),
                (html, none) -> new SafeString(String.valueOf(html)))));
  }

  @Override
  public Map<String, io.pebbletemplates.pebble.extension.Function> getFunctions() {
    return Map.of("t", new Say());
  }

  private String change(@Nullable Object now, @Nullable Object before) {
    return figures.change((BigDecimal) now, (BigDecimal) before, words::from);
  }

  /** Prints a change. One that names the earlier value sorts by the percentage all the same. */
  private Object webChange(@Nullable Object now, @Nullable Object before) {
    BigDecimal ratio = FigureFormat.ratioOfChange((BigDecimal) now, (BigDecimal) before);
    String text = change(now, before);
    boolean isPercent = text.endsWith("%") || text.equals(FigureFormat.UNKNOWN);
    return isPercent ? text : WebText.data(ratio == null ? null : ratio.movePointRight(2), text);
  }

  /** Prints a name on the web, where it wraps. An attribute asks for the bare name. */
  private static Object webName(String name, int most) {
    String shown = SafeNames.shorten(name, WHOLE_NAME);
    return most < WHOLE_NAME ? WebText.name(shown) : shown;
  }

  private @Nullable String assumption(@Nullable Object text, @Nullable Object kind) {
    return words.assumption((String) text, (String) kind);
  }

  private static int width(@Nullable Object most) {
    return most instanceof Number n ? n.intValue() : DEFAULT_WIDTH;
  }

  private static Filter figure(Function<BigDecimal, String> print) {
    return new OneArgument("unused", (value, none) -> print.apply((BigDecimal) value));
  }

  /** Prints figures of several units in one column, which sorts by the values. */
  private static Filter sortable(Function<@Nullable BigDecimal, String> print) {
    return new OneArgument(
        "unused",
        (value, none) -> print.apply((BigDecimal) value),
        (value, none) -> WebText.data((BigDecimal) value, print.apply((BigDecimal) value)));
  }

  private static Filter day(Function<LocalDate, String> print) {
    return new OneArgument(
        "unused",
        (day, none) -> day == null ? null : print.apply((LocalDate) day),
        (day, none) ->
            day == null ? null : WebText.time(day.toString(), print.apply((LocalDate) day)));
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
      return WebText.say(words, Objects.requireNonNull((String) arguments.get("0")), values);
    }

    @Override
    public @Nullable List<String> getArgumentNames() {
      return null;
    }
  }

  /** Prints names. Paper cuts them, so that they stay on one line, and gathers what it cut. */
  private final class Name implements Filter {
    @Override
    public Object apply(
        @Nullable Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      if (input == null) {
        return words.say("(no name)");
      }
      String name = SafeNames.plain(input.toString());
      int most = width(arguments.get("most"));
      return Boolean.FALSE.equals(context.getVariable("print"))
          ? webName(name, most)
          : cut(name, most, context.getVariable(CUT));
    }

    private static String cut(String name, int most, @Nullable Object cut) {
      String shown = Glyphs.fit(name, most);
      if (cut instanceof CutNames names && most < WHOLE_NAME && !shown.equals(name)) {
        names.add(name);
      }
      return shown;
    }

    @Override
    public List<String> getArgumentNames() {
      return List.of("most");
    }
  }

  /** Converts a value to the printed text. Also receives the argument of the filter. */
  private interface Print {
    @Nullable Object apply(@Nullable Object value, @Nullable Object argument);
  }

  /**
   * A filter with at most one argument.
   *
   * @param print prints in words and on paper
   * @param web prints on web pages, which say {@code print = false}
   */
  private record OneArgument(String argument, Print print, Print web) implements Filter {
    OneArgument(String argument, Print print) {
      this(argument, print, print);
    }

    @Override
    public @Nullable Object apply(
        @Nullable Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      boolean onTheWeb = Boolean.FALSE.equals(context.getVariable("print"));
      return (onTheWeb ? web : print).apply(input, arguments.get(argument));
    }

    @Override
    public List<String> getArgumentNames() {
      return List.of(argument);
    }
  }
}
