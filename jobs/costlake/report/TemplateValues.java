package costlake.report;

import costlake.core.Failure;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What templates read of a part of a statement, by name, e.g. {@code part.training}. A value is
 * made when a template first reads it. A name without a value is an error, which says where the
 * template reads it.
 */
final class TemplateValues extends AbstractMap<String, @Nullable Object> {
  private static final String NARROW = "narrow_";

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;
  private final Map<String, Supplier<@Nullable Object>> sources = new LinkedHashMap<>();
  private final Map<String, Optional<Object>> made = new HashMap<>();

  /** Creates the values of a part, as yet without any. */
  TemplateValues(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Makes a value of a statement; null if the statement has nothing to show. */
  interface Finding {
    @Nullable Object of(Statement statement, FigureFormat figures, StatementTexts words);
  }

  /** Draws a chart of a statement, as wide as a page or a phone; null if there is nothing. */
  interface Drawing {
    @Nullable Object of(Statement statement, FigureFormat figures, StatementTexts words, int width);
  }

  /**
   * Adds a value that is made of the statement.
   *
   * @throws Failure if there is a value of this name
   */
  void add(String name, Finding finding) {
    source(name, () -> finding.of(statement, figures, words));
  }

  /**
   * Adds a chart in two widths: under its name as wide as a page, and under {@code narrow_NAME} as
   * wide as a phone.
   *
   * @throws Failure if there is a value of this name
   */
  void addChart(String name, Drawing drawing) {
    source(name, () -> drawing.of(statement, figures, words, Chart.WIDTH));
    source(NARROW + name, () -> drawing.of(statement, figures, words, Chart.NARROW));
  }

  /**
   * Sets a value.
   *
   * @throws Failure if there is a value of this name
   */
  void set(String name, @Nullable Object value) {
    source(name, () -> value);
  }

  private void source(String name, Supplier<@Nullable Object> source) {
    if (sources.putIfAbsent(name, source) != null) {
      throw Failure.internal("Templates already have a value '%s'. Give it another name", name);
    }
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return sources.containsKey(name);
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    Supplier<@Nullable Object> source = sources.get(name);
    return source == null ? null : value(String.valueOf(name), source);
  }

  private @Nullable Object value(String name, Supplier<@Nullable Object> source) {
    Optional<Object> known = made.get(name);
    if (known == null) {
      known = Optional.ofNullable(source.get());
      made.put(name, known);
    }
    return known.orElse(null);
  }

  /** Returns all values. Counting them makes none. */
  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return sources.size();
      }

      @Override
      public Iterator<Entry<String, @Nullable Object>> iterator() {
        return sources.keySet().stream().map(name -> entry(name)).iterator();
      }
    };
  }

  private Entry<String, @Nullable Object> entry(String name) {
    return new SimpleImmutableEntry<>(name, get(name));
  }
}
