package costlake.report;

import static java.util.stream.Collectors.joining;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.OwnFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Translates the texts of a statement. The English text is the key of its translation; {0} and {1}
 * stand for names and figures.
 */
final class StatementTexts {
  private static final String CORRECTION = "correction ";
  private static final String CENTRE = "Cost centre ";
  private static final int ITEM_MAX = 40;

  private static final String STATED = "{0} at the value the table states";
  private static final Set<String> ASSUMPTIONS = Set.of("revenue as the table states it");

  private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)\\}");

  private final Map<String, String> texts;
  private final Map<String, String> columns;

  /** Loads the texts of a language. Without a file for the language, the texts are English. */
  StatementTexts(Locale locale) {
    this.texts = texts("words", locale);
    this.columns = with(texts("columns", Locale.ENGLISH), texts("columns", locale));
  }

  private static Map<String, String> texts(String name, Locale locale) {
    String file = "/reports/" + name + "_" + locale.getLanguage() + ".yml";
    try (InputStream in = StatementTexts.class.getResourceAsStream(file)) {
      Map<String, String> texts = in == null ? Map.of() : yaml(in);
      return own(file).map(own -> with(own, texts)).orElse(texts);
    } catch (IOException e) {
      throw Failure.internal(e, "Failed to read %s", file);
    }
  }

  private static Map<String, String> yaml(InputStream in) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
  }

  /** Returns the file with the words of the user's own pages. */
  private static Optional<Path> own(String file) {
    return OwnFiles.folder("reports")
        .map(folder -> folder.resolveSibling(file.substring(1)))
        .filter(Files::isRegularFile);
  }

  /** Adds the words of the user. Those of the program stay as they are. */
  private static Map<String, String> with(Path own, Map<String, String> texts) {
    try (InputStream in = Files.newInputStream(own)) {
      return with(yaml(in), texts);
    } catch (IOException e) {
      throw FileErrors.of(own, e);
    }
  }

  private static Map<String, String> with(Map<String, String> less, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(less);
    all.putAll(more);
    return all;
  }

  /**
   * Returns the headings of columns of workbooks, by the name of the column. In English, only those
   * that the name itself does not say.
   */
  Map<String, String> columns() {
    return columns;
  }

  /** Translates a text and fills in its arguments. */
  String say(String english, @Nullable Object... arguments) {
    return ARGUMENT
        .matcher(texts.getOrDefault(english, english))
        .replaceAll(
            m -> Matcher.quoteReplacement(String.valueOf(arguments[Integer.parseInt(m.group(1))])));
  }

  /**
   * Returns the words of a code; the value itself if it is none of the list.
   *
   * @param list name in {@link CodeLists}
   */
  String code(String list, String value) {
    return switch (list) {
      case "kinds" -> kind(value);
      case "drivers" -> driver(value);
      case "price_bases" -> Objects.requireNonNull(priceBasis(value));
      case "benefits" -> benefit(value);
      default -> word(list, value);
    };
  }

  private String word(String list, String code) {
    String english = CodeLists.of(list).get(code);
    return english == null ? code : say(english);
  }

  /** Names the earlier value that a figure changed from. */
  String from(String earlier) {
    return say("from {0}", earlier);
  }

  String kind(String id) {
    if (id.startsWith(CORRECTION)) {
      return say("Correction of {0}", id.substring(CORRECTION.length()));
    }
    return word("kinds", id);
  }

  /** Returns the name of a kind of cost for the inside of a sentence: in lower case in English. */
  String within(String id) {
    String kind = kind(id);
    return texts.isEmpty() ? kind.toLowerCase(Locale.ROOT) : kind;
  }

  /** Returns the name of an item for a sentence. */
  String item(@Nullable String name) {
    return name == null
        ? say("items without a name")
        : SafeNames.shorten(SafeNames.plain(name), ITEM_MAX);
  }

  /** Explains an effect on the total. */
  String effect(String id) {
    return word("effects", id);
  }

  /**
   * Returns the name of the driver by which a pool was split. If no team had units of the driver,
   * the text says so.
   */
  String driver(@Nullable String id) {
    if (id == null) {
      return FigureFormat.UNKNOWN;
    }
    String driver = id.replaceFirst(" .*", "");
    String word = word("drivers", driver);
    return driver.equals(id) ? word : say("even parts: nobody had {0}", word);
  }

  /**
   * Explains why a benefit was not compared with a cost; null if it was compared, or if there is no
   * benefit.
   */
  @Nullable String remark(String status) {
    return CodeLists.has("remarks", status) ? word("remarks", status) : null;
  }

  /** Returns how an attempt of a run ended. */
  String status(String id) {
    return word("statuses", id);
  }

  /** Returns what became of the work of a stretch of time. */
  String stretch(String id) {
    return word("stretches", id);
  }

  /** Explains why the cost of a run is unknown. */
  @Nullable String reason(@Nullable String id) {
    return id == null ? null : word("reasons", id);
  }

  /** Says by which prices a cost on demand is known. */
  @Nullable String priceBasis(@Nullable String ids) {
    return ids == null
        ? null
        : Stream.of(ids.split(", ", -1)).map(id -> word("price_bases", id)).collect(joining(", "));
  }

  /** Says why inference did not overtake the training of a model. */
  @Nullable String life(@Nullable String id) {
    return id == null ? null : word("lives", id);
  }

  /** Returns what money was used for; the text itself if it is the category of a service. */
  String use(String id) {
    return word("uses", id);
  }

  /** Returns the kind of a benefit in words; of a kind that a company made up, its own words. */
  String benefit(String id) {
    return CodeLists.has("benefits", id) ? word("benefits", id) : spaced(id);
  }

  /** Returns how the value of a benefit was determined; of a company's own words, these. */
  @Nullable String assumption(@Nullable String text, @Nullable String benefit) {
    if (text == null || benefit == null) {
      return text;
    }
    return text.equals(STATED.replace("{0}", benefit))
        ? say(STATED, benefit(benefit))
        : ASSUMPTIONS.contains(text) ? say(text) : text;
  }

  /** Returns an id that a source made up, e.g. the name of a metric, in words. */
  static String spaced(String id) {
    return id.replace('_', ' ');
  }

  /** Returns what nobody requested of nodes, in words. */
  String idle(String part) {
    return word("idle_parts", part);
  }

  /** Explains why an endpoint has no unit costs; empty if it has. */
  String traffic(@Nullable String id) {
    return id != null && CodeLists.has("traffic", id) ? word("traffic", id) : "";
  }

  /** Returns the name of a receiver. A cost centre is named by its number. */
  String receiver(Statement.Receiver receiver) {
    String name = SafeNames.plain(receiver.title());
    return "cost_centre".equals(receiver.kind()) && name.startsWith(CENTRE)
        ? say("Cost centre {0}", name.substring(CENTRE.length()))
        : name;
  }

  String check(String id) {
    return word("checks", id);
  }
}
