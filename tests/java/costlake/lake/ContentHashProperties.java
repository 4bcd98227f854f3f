package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Any single change of a nested value changes the hash; the order of rows and map entries does not.
 */
class ContentHashProperties {
  private static final int TRIES = 20;
  private static final LocalDate BASE = LocalDate.of(2026, 1, 1);
  private static final String NESTED =
      """
      rules array<struct<valid_from:string,valid_to:string,words:array<string>>>,
      more array<struct<valid_from:string,valid_to:string,words:array<string>>>,
      tags map<string,map<string,string>>,
      others map<string,map<string,string>>,
      first string, second string""";
  private static final StructType ROWS = StructType.fromDDL("day date, " + NESTED);

  /**
   * An element of {@code rules} or {@code more}.
   *
   * @param from null or a text, like {@code to} and each element of {@code words}
   */
  private record Rule(String from, String to, List<String> words) {
    Row row() {
      return RowFactory.create(
          from, to, words == null ? null : CollectionConverters.asScala(words));
    }
  }

  /**
   * A row with pairs of columns of one type, so that two neighbouring columns can swap their
   * values.
   */
  private record Nested(
      List<Rule> rules,
      List<Rule> more,
      Map<String, Map<String, String>> tags,
      Map<String, Map<String, String>> others,
      String first,
      String second) {
    Row row(LocalDate day) {
      return RowFactory.create(
          Date.valueOf(day), rows(rules), rows(more), map(tags), map(others), first, second);
    }

    private static Object rows(List<Rule> rules) {
      return rules == null
          ? null
          : CollectionConverters.asScala(
              rules.stream().map(rule -> rule == null ? null : rule.row()).toList());
    }

    private static Object map(Map<String, Map<String, String>> tags) {
      if (tags == null) {
        return null;
      }
      Map<String, Object> map = new LinkedHashMap<>();
      tags.forEach(
          (key, inner) -> map.put(key, inner == null ? null : CollectionConverters.asScala(inner)));
      return CollectionConverters.asScala(map);
    }

    /**
     * Returns rows that differ from this row by one change each: another value, two neighbouring
     * columns swapped, or the first list split over two columns.
     */
    Stream<Nested> changes() {
      Stream<Nested> values =
          Stream.of(
                  ruleLists(rules).map(x -> new Nested(x, more, tags, others, first, second)),
                  ruleLists(more).map(x -> new Nested(rules, x, tags, others, first, second)),
                  tagMaps(tags).map(x -> new Nested(rules, more, x, others, first, second)),
                  tagMaps(others).map(x -> new Nested(rules, more, tags, x, first, second)),
                  texts(first).map(x -> new Nested(rules, more, tags, others, x, second)),
                  texts(second).map(x -> new Nested(rules, more, tags, others, first, x)))
              .flatMap(x -> x);
      Stream<Nested> moves =
          Stream.of(
              new Nested(more, rules, tags, others, first, second),
              new Nested(rules, more, others, tags, first, second),
              new Nested(rules, more, tags, others, second, first));
      Stream<Nested> splits =
          splits(rules).map(two -> new Nested(two.get(0), two.get(1), tags, others, first, second));
      return Stream.of(values, moves, splits).flatMap(x -> x);
    }

    private static Stream<String> texts(String text) {
      return Stream.of(null, "", "a", text + "a");
    }

    private static Stream<List<String>> textLists(List<String> texts) {
      return lists(texts, Nested::texts, "b");
    }

    private static Stream<List<Rule>> ruleLists(List<Rule> rules) {
      Stream<List<Rule>> moved =
          rules == null
              ? Stream.of()
              : IntStream.range(1, rules.size()).boxed().flatMap(i -> wordsMoved(rules, i));
      return Stream.concat(lists(rules, Nested::changes, new Rule("a", null, List.of())), moved);
    }

    /** Moves the last word of a rule to the start of the next rule. */
    private static Stream<List<Rule>> wordsMoved(List<Rule> rules, int to) {
      Rule left = rules.get(to - 1);
      Rule right = rules.get(to);
      if (left == null || right == null || left.words() == null || right.words() == null) {
        return Stream.of();
      }
      if (left.words().isEmpty()) {
        return Stream.of();
      }
      int last = left.words().size() - 1;
      List<String> more = new ArrayList<>(right.words());
      more.add(0, left.words().get(last));
      List<Rule> moved = new ArrayList<>(rules);
      moved.set(to - 1, new Rule(left.from(), left.to(), left.words().subList(0, last)));
      moved.set(to, new Rule(right.from(), right.to(), more));
      return Stream.of(moved);
    }

    private static Stream<Rule> changes(Rule rule) {
      if (rule == null) {
        return Stream.of(new Rule(null, null, null), new Rule("a", null, List.of()));
      }
      return Stream.of(
              Stream.of((Rule) null, new Rule(rule.to(), rule.from(), rule.words())),
              texts(rule.from()).map(x -> new Rule(x, rule.to(), rule.words())),
              texts(rule.to()).map(x -> new Rule(rule.from(), x, rule.words())),
              textLists(rule.words()).map(x -> new Rule(rule.from(), rule.to(), x)))
          .flatMap(x -> x);
    }

    private static Stream<Map<String, Map<String, String>>> tagMaps(
        Map<String, Map<String, String>> tags) {
      return maps(tags, inner -> maps(inner, Nested::texts, "b"), Map.of("z", "b"));
    }
  }

  /**
   * Returns lists that differ from {@code list} by one change each: null instead of the list, or an
   * element added, removed, changed or moved.
   */
  private static <T> Stream<List<T>> lists(List<T> list, Function<T, Stream<T>> changes, T other) {
    List<List<T>> changed = new ArrayList<>();
    changed.add(list == null ? List.of() : null);
    List<T> known = list == null ? List.of() : list;
    for (int i = 0; i <= known.size(); i++) {
      changed.add(with(known, i, null));
      changed.add(with(known, i, other));
    }
    for (int i = 0; i < known.size(); i++) {
      List<T> less = new ArrayList<>(known);
      less.remove(i);
      changed.add(less);
      int place = i;
      changes
          .apply(known.get(i))
          .forEach(
              value -> {
                List<T> copy = new ArrayList<>(known);
                copy.set(place, value);
                changed.add(copy);
              });
      for (int j = 0; j < i; j++) {
        List<T> swapped = new ArrayList<>(known);
        Collections.swap(swapped, i, j);
        changed.add(swapped);
      }
    }
    return changed.stream();
  }

  private static <T> List<T> with(List<T> list, int place, T value) {
    List<T> more = new ArrayList<>(list);
    more.add(place, value);
    return more;
  }

  /**
   * Returns maps that differ from {@code map} by one change each: null instead of the map, or an
   * entry added, removed, changed or with another key.
   */
  private static <T> Stream<Map<String, T>> maps(
      Map<String, T> map, Function<T, Stream<T>> changes, T other) {
    List<Map<String, T>> changed = new ArrayList<>();
    changed.add(map == null ? Map.of() : null);
    Map<String, T> known = map == null ? Map.of() : map;
    changed.add(put(known, "new", null));
    changed.add(put(known, "new", other));
    List<String> keys = List.copyOf(known.keySet());
    for (String key : keys) {
      Map<String, T> less = new TreeMap<>(known);
      T value = less.remove(key);
      changed.add(less);
      changed.add(put(less, key + "-", value));
      changes.apply(value).forEach(x -> changed.add(put(known, key, x)));
      keys.forEach(k -> changed.add(put(put(known, key, known.get(k)), k, value)));
    }
    return changed.stream();
  }

  private static <T> Map<String, T> put(Map<String, T> map, String key, T value) {
    Map<String, T> more = new TreeMap<>(map);
    more.put(key, value);
    return more;
  }

  private static <T> Stream<List<List<T>>> splits(List<T> list) {
    return list == null
        ? Stream.of()
        : IntStream.rangeClosed(0, list.size())
            .mapToObj(i -> List.of(list.subList(0, i), list.subList(i, list.size())));
  }

  @Property(tries = TRIES)
  void everySingleChangeIsSeen(@ForAll("rows") Nested row) {
    List<Nested> different = Stream.concat(Stream.of(row), row.changes()).distinct().toList();
    List<Row> rows = new ArrayList<>();
    different.forEach(one -> rows.add(one.row(BASE.plusDays(rows.size()))));
    Map<LocalDate, String> hashes = byDay(rows);
    Map<String, Nested> known = new TreeMap<>();
    hashes.forEach(
        (day, hash) -> {
          Nested one = different.get((int) (day.toEpochDay() - BASE.toEpochDay()));
          assertThat(known.put(hash.replaceFirst("^1:", ""), one))
              .as("the same as " + one)
              .isNull();
        });
    assertThat(known).hasSameSizeAs(different);
  }

  @Property(tries = TRIES)
  void orderOfRowsAndEntriesIsNotSeen(@ForAll("tables") List<Nested> table) {
    List<Row> rows = table.stream().map(row -> row.row(BASE)).toList();
    List<Row> reversed =
        new ArrayList<>(table.stream().map(row -> withMapsReversed(row).row(BASE)).toList());
    Collections.reverse(reversed);
    assertThat(byDay(reversed)).isEqualTo(byDay(rows));
  }

  private static Nested withMapsReversed(Nested row) {
    return new Nested(
        row.rules(),
        row.more(),
        reversedMaps(row.tags()),
        reversedMaps(row.others()),
        row.first(),
        row.second());
  }

  private static Map<String, Map<String, String>> reversedMaps(
      Map<String, Map<String, String>> tags) {
    if (tags == null) {
      return null;
    }
    Map<String, Map<String, String>> reversed = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>(tags.keySet());
    Collections.reverse(keys);
    keys.forEach(key -> reversed.put(key, reversed(tags.get(key))));
    return reversed;
  }

  private static Map<String, String> reversed(Map<String, String> map) {
    if (map == null) {
      return null;
    }
    Map<String, String> reversed = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>(map.keySet());
    Collections.reverse(keys);
    keys.forEach(key -> reversed.put(key, map.get(key)));
    return reversed;
  }

  private static Map<LocalDate, String> byDay(List<Row> rows) {
    Dataset<Row> table = SparkHarness.spark().createDataFrame(rows, ROWS);
    Map<LocalDate, String> hashes = ContentHash.byDay(table, "day");
    assertThat(ContentHash.byDayInMemory(table, "day")).isEqualTo(hashes);
    return hashes;
  }

  @Provide
  Arbitrary<List<Nested>> tables() {
    return rows().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<Nested> rows() {
    Arbitrary<String> texts = Arbitraries.of("", "a", "b").injectNull(0.4);
    Arbitrary<Rule> rule =
        Combinators.combine(texts, texts, texts.list().ofMaxSize(3).injectNull(0.2)).as(Rule::new);
    Arbitrary<List<Rule>> rules = rule.injectNull(0.2).list().ofMaxSize(3).injectNull(0.2);
    Arbitrary<Map<String, Map<String, String>>> tags =
        maps(maps(texts).injectNull(0.2)).injectNull(0.2);
    return Combinators.combine(rules, rules, tags, tags, texts, texts).as(Nested::new);
  }

  private static <T> Arbitrary<Map<String, T>> maps(Arbitrary<T> values) {
    return Combinators.combine(values, values, Arbitraries.integers().between(0, 2))
        .as(
            (x, y, entries) -> {
              Map<String, T> map = new TreeMap<>();
              IntStream.range(0, entries).forEach(i -> map.put(i == 0 ? "x" : "y", i == 0 ? x : y));
              return map;
            });
  }
}
