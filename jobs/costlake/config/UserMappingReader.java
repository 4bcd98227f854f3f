package costlake.config;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Plural;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads mappings and reports every mistake with file and line. */
final class UserMappingReader {
  static final String FOLDER = "mappings";

  /** The first character of files that spreadsheets save as UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Stands for a space in YAML, where a space alone means nothing. */
  private static final String SPACE = "space";

  private static final List<String> ISO = List.of("iso");

  /** Content of a mapping. */
  record Document(
      @Required @Description("What the files are, for messages, e.g. an invoice of Acme.")
          String title,
      @Description(
              "Formats of dates and times, tried in this order: iso, unix_s, unix_ms, or patterns"
                  + " such as MM/dd/yyyy. Default: iso.")
          List<String> times,
      @Description("Time zone of times without an offset, e.g. Europe/Paris. Default: UTC.")
          @Nullable String zone,
      @Description("How numbers are written. Default: 1234.50.") @Nullable Numbers numbers,
      @Description("Text that means that a value is missing, e.g. n/a.") @Nullable String nullText,
      @Description("Conditions on rows that are no charges, e.g. totals.")
          List<Map<String, Object>> skip,
      @Description("Signs of costs.") @Nullable Sign sign,
      @Required @Description("For each FOCUS column, where its value comes from.")
          Map<String, Rule> charges,
      @Description("For each key of a tag, where its value comes from.") Map<String, Rule> tags,
      @Description("Column with a JSON object whose members are tags.") @Nullable String tagsFrom,
      @Description("Prices of rows that state no cost.") List<Price> prices,
      @Description("CSV file with further prices; its place is relative to the mapping.")
          @Nullable String priceList,
      @Description(
              "none: one charge with the whole cost. months: a purchase, and in each month of its"
                  + " period the cost of the days. Default: none.")
          UserMapping.@Nullable Spread spread,
      @Description(
              "Whether some months have no invoice, so that a month can be closed without one.")
          boolean irregular,
      Origin origin) {}

  /** How numbers are written. */
  record Numbers(
      @Description("Mark before the decimals: '.' or ','.") @Nullable String decimal,
      @Description(
              "Mark between thousands, e.g. ',' or space. Without it, such a mark is an error.")
          @Nullable String group,
      @Description("Texts to remove from numbers, e.g. '$'.") List<String> remove,
      Origin origin) {}

  /** Signs of costs. */
  record Sign(
      @Description("Rows whose costs are written with the opposite sign.")
          List<Map<String, Object>> negate,
      @Description("Rows whose costs may be positive or negative.")
          List<Map<String, Object>> any) {}

  /** Where a value comes from. */
  record Rule(
      @Shorthand @Description("Column, or several of which the first with a value counts.")
          @Nullable Object column,
      @Description("The same value in every row.") @Nullable String value,
      @Description("Delivered text to value.") Map<String, String> values,
      @Description("Value if the columns are empty or the text is not among the values.")
          @Nullable String otherwise,
      @Description("Factor of a number.") @Nullable BigDecimal multiplyBy,
      @Description("Divisor of a number, e.g. 60 for minutes to hours.")
          @Nullable BigDecimal divideBy,
      @Description("Whether an end belongs to the period, e.g. the last day of a month.")
          boolean inclusive,
      @Description("Length of the period, instead of its end: hour, day or month.")
          ColumnRule.@Nullable Length lasts,
      @Description("Whether a delivery may lack the column.") boolean optional,
      Origin origin) {

    ColumnRule rule() {
      return new ColumnRule(
          RowCondition.texts(column),
          value,
          values,
          otherwise,
          Objects.requireNonNullElse(multiplyBy, BigDecimal.ONE),
          Objects.requireNonNullElse(divideBy, BigDecimal.ONE),
          inclusive,
          lasts,
          optional);
    }
  }

  /** A price. */
  record Price(
      @Description("Rows that the price is for; empty: all.") Map<String, Object> where,
      @Required @Description("The PricingUnit that costs this price.") String unit,
      @Required @Description("Price of one unit.") BigDecimal price,
      @Description("Currency, if the mapping has no BillingCurrency.") @Nullable String currency,
      @Description("First day on which it is in force. Empty: always.") @Nullable LocalDate from,
      @Description("First day on which it is no longer in force. Empty: never.")
          @Nullable LocalDate to,
      Origin origin) {}

  private UserMappingReader() {}

  static UserMapping of(MappingText text) {
    return of(text, true);
  }

  /**
   * Reads the mapping of a delivery that landed with it. It was checked then; a later version may
   * check more.
   */
  static UserMapping pinned(MappingText text) {
    return of(text, false);
  }

  private static UserMapping of(MappingText text, boolean checks) {
    Problems problems = new Problems();
    Optional<UserMapping> mapping = of(text, problems, checks);
    throwIfAny(text.file(), problems);
    return mapping.orElseThrow();
  }

  static UserMapping read(Path file) {
    if (!Files.exists(file)) {
      throw Failure.operator(
          "Cannot find the mapping %s. Give the path of a file, e.g. --mapping conf/mappings/acme.yml.",
          file);
    }
    Problems problems = new Problems();
    Optional<MappingText> text = text(file, problems);
    throwIfAny(file.toString(), problems);
    return of(text.orElseThrow());
  }

  private static void throwIfAny(String file, Problems problems) {
    if (!problems.found().isEmpty()) {
      throw Failure.operator(
          "Cannot use the mapping %s, %s:\n  %s",
          file,
          Plural.of(problems.found().size(), "problem", "problems"),
          String.join("\n  ", problems.found()));
    }
  }

  /** Reads the file and its list of prices as they are written. */
  static Optional<MappingText> text(Path file, Problems problems) {
    Optional<String> yaml = content(file, Origin.top(file.toString()), problems);
    if (yaml.isEmpty()) {
      return Optional.empty();
    }
    ConfigValue list =
        Yaml.parse(yaml.get(), file.toString(), new Problems()).entries().get("price_list");
    if (!(list instanceof ConfigValue.Scalar scalar) || scalar.text() == null) {
      return Optional.of(new MappingText(file.toString(), yaml.get(), null));
    }
    return content(file.resolveSibling(scalar.text()), scalar.origin(), problems)
        .map(prices -> new MappingText(file.toString(), yaml.get(), prices));
  }

  private static Optional<String> content(Path file, Origin origin, Problems problems) {
    try {
      String text = Files.readString(file);
      return Optional.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      problems.add(origin, file + " is not UTF-8. Save it as UTF-8");
    } catch (IOException e) {
      problems.add(origin, file + " cannot be read: " + FileErrors.why(e));
    }
    return Optional.empty();
  }

  /** Reads and checks a mapping; empty if it has a problem. */
  static Optional<UserMapping> of(MappingText text, Problems problems) {
    return of(text, problems, true);
  }

  private static Optional<UserMapping> of(MappingText text, Problems problems, boolean checks) {
    int before = problems.found().size();
    ConfigValue.Section written = Yaml.parse(text.yaml(), text.file(), problems);
    if (written.entries().get("null_text") instanceof ConfigValue.Scalar nothing
        && nothing.text() == null) {
      problems.add(
          nothing.origin(),
          "'null_text' is the null of YAML. Write the text in quotes, e.g. 'NULL'");
    }
    if (problems.found().size() > before) {
      return Optional.empty();
    }
    return new Binder(problems)
        .bind(Document.class, written, "")
        .map(
            document -> {
              UserMapping mapping = mapping(document, text, problems);
              if (checks) {
                new UserMappingChecks(document, mapping, problems).run();
              }
              return mapping;
            });
  }

  private static UserMapping mapping(Document document, MappingText text, Problems problems) {
    Sign sign = Objects.requireNonNullElse(document.sign(), new Sign(List.of(), List.of()));
    return new UserMapping(
        text,
        document.title(),
        document.times().isEmpty() ? ISO : document.times(),
        zone(document, problems),
        numbers(document.numbers()),
        document.nullText(),
        conditions(document.skip()),
        conditions(sign.negate()),
        conditions(sign.any()),
        rules(document.charges()),
        rules(document.tags()),
        document.tagsFrom(),
        prices(document, text, problems),
        Objects.requireNonNullElse(document.spread(), UserMapping.Spread.NONE),
        document.irregular());
  }

  private static ZoneId zone(Document document, Problems problems) {
    if (document.zone() == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(document.zone());
    } catch (DateTimeException e) {
      problems.add(
          document.origin(),
          "'zone' cannot be '%s'. Write a zone such as Europe/Paris".formatted(document.zone()));
      return ZoneOffset.UTC;
    }
  }

  private static NumberFormat numbers(@Nullable Numbers numbers) {
    return numbers == null
        ? NumberFormat.PLAIN
        : new NumberFormat(
            Objects.requireNonNullElse(numbers.decimal(), NumberFormat.PLAIN.decimal()),
            SPACE.equals(numbers.group()) ? NumberFormat.SPACE : numbers.group(),
            numbers.remove());
  }

  private static List<RowCondition> conditions(List<Map<String, Object>> written) {
    return written.stream().map(RowCondition::of).toList();
  }

  private static Map<String, ColumnRule> rules(Map<String, Rule> written) {
    Map<String, ColumnRule> rules = new LinkedHashMap<>();
    written.forEach((column, rule) -> rules.put(column, rule.rule()));
    return rules;
  }

  private static List<MappingPrice> prices(Document document, MappingText text, Problems problems) {
    List<MappingPrice> prices = new ArrayList<>();
    for (Price price : document.prices()) {
      prices.add(
          new MappingPrice(
              RowCondition.of(price.where()),
              price.unit(),
              price.price(),
              price.currency(),
              price.from(),
              price.to(),
              price.origin()));
    }
    if (document.priceList() != null && text.priceList() != null) {
      String file = Path.of(text.file()).resolveSibling(document.priceList()).toString();
      prices.addAll(PriceLists.read(text.priceList(), file, problems));
    }
    return prices;
  }
}
