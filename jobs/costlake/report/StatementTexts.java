package costlake.report;

import static java.util.Map.entry;
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
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          entry("direct", "Direct"),
          entry("shared", "Shared services"),
          entry("idle", "Node idle"),
          entry("credit", "Credits"),
          entry("tax", "Tax"),
          entry("unallocated", "Without a receiver"),
          entry("calendar", "Calendar"),
          entry("volume", "Volume"),
          entry("mix", "Mix"),
          entry("price", "Price"),
          entry("new", "New"),
          entry("ended", "Ended"),
          entry("pool_cost", "Pool cost"),
          entry("pool_share", "Pool share"),
          entry("unused_commitment", "Unused commitments"),
          entry("no_quantity", "No quantity"),
          entry("correction", "Corrections"));
  private static final Map<String, String> EFFECTS =
      Map.ofEntries(
          entry("calendar", "The same cost a day, over the days of this month"),
          entry("volume", "More or fewer units of a service, at the previous prices"),
          entry("mix", "Use moved between dearer and cheaper SKUs of a service"),
          entry("price", "A unit of a SKU cost more or less: rates, discounts, commitments"),
          entry("new", "Resources and SKUs that are new on the bill and do not replace others"),
          entry("ended", "Resources and SKUs that are gone from the bill and were not replaced"),
          entry("pool_cost", "Shared pools as a whole cost more or less"),
          entry("pool_share", "The part of the units of shared pools grew or shrank"),
          entry("idle", "Node capacity that nobody had requested"),
          entry("unallocated", "Cost that no receiver was found for"),
          entry("credit", "Credits, which lower the total"),
          entry("tax", "Tax on the charges"),
          entry("unused_commitment", "Commitments that were paid and not used"),
          entry("no_quantity", "Fees, and charges that state no SKU, unit or quantity"),
          entry("correction", "Corrections of closed months, on this statement or the one before"));
  private static final Map<String, String> DRIVERS =
      Map.of(
          "even", "even parts",
          "fixed", "fixed shares",
          "cost", "cost before this pool",
          "accelerator_hours", "accelerator-hours held",
          "cpu_hours", "CPU-hours",
          "memory_hours", "memory GB-hours");
  private static final String CENTRE = "Cost centre ";
  private static final Map<String, String> CHECKS =
      Map.ofEntries(
          entry(
              "billed_difference",
              "Billed charges of all sources less billed cost of all statements"),
          entry(
              "effective_difference",
              "Amortised charges of all sources less amortised cost of all statements"),
          entry("tag_share", "A tag or label"),
          entry("override_share", "A rule that overrides tags"),
          entry("namespace_share", "The namespace of the workload"),
          entry("account_share", "The account on the bill"),
          entry("pool_share", "Parts of shared pools"),
          entry("other_share", "Idle nodes, borne by their owner; rules that are gone"),
          entry("last_resort_share", "No rule: the owner of last resort"),
          entry("untagged_share", "Cost without any tag, whoever owns it"),
          entry("billed_tokens", "Tokens of model APIs, which the bill meters"),
          entry("resources_without_project", "Resources that could carry a tag, without a project"),
          entry("own_idle_nodes", "Idle capacity that the owners of its nodes bear"),
          entry("rejected_rows", "Delivered rows that cannot be read"),
          entry("record_ends_before_start", "Jobs and runs that end before they start"),
          entry("record_lasts_too_long", "Jobs and runs that last more than 400 days"),
          entry("job_without_nodes", "Jobs without a list of nodes"),
          entry("node_without_bill", "Nodes of jobs that no bill charges"),
          entry("claimed_by_several_runs", "Cost that several runs claim"),
          entry("endpoint_not_named", "Cost of workloads that do not name their endpoint"),
          entry("run_is_its_own_parent", "Runs that name themselves as their parent"),
          entry("metric_is_no_number", "Runs with a metric that is no number"),
          entry("record_read_in_part", "Runs whose record can be read only in part"),
          entry("counters_reset", "Hours in which counters of an engine were reset"),
          entry("histogram_below_bucket", "Hours in which a histogram counts less than its bucket"),
          entry("samples_left_out", "Measurements of inference engines that were left out"));

  private static final Map<String, String> REMARKS =
      Map.of(
          "benefit_in_other_currency",
              "its cost and benefits are not all in one currency, so there is no ROI",
          "cost_in_other_currency", "it has cost in another currency too, so there is no ROI",
          "benefit_without_currency", "the table does not state the currency of its benefit",
          "no_value", "the table does not state the value of its benefit",
          "no_cost", "it has no cost in this month",
          "incomplete",
              "what it used of its cluster in this month is not known, so there is no ROI");

  private static final Map<String, String> STATUSES =
      Map.of(
          "completed", "completed",
          "failed", "failed",
          "stopped", "stopped",
          "preempted", "pre-empted",
          "running", "still running",
          "unknown", "end unknown");
  private static final Map<String, String> STRETCHES =
      Map.of(
          "kept", "work that was kept",
          "lost", "work that was lost",
          "running", "still running",
          "unknown", "end unknown");
  private static final Map<String, String> REASONS =
      Map.of(
          "no_workload", "no record names its workload or resource",
          "workload_without_cost", "no bill names the nodes of its workload",
          "nodes_in_no_group", "its nodes are in no node group",
          "claimed_by_several_runs", "other runs claim its workload too",
          "resource_without_charge", "no charge names its resource");
  private static final Map<String, String> PRICE_BASES =
      Map.of(
          "contracted price", "by contracted price",
          "list price", "by list price",
          "billable time", "by time billed",
          "no spot price", "no spot price");
  private static final Map<String, String> LIVES =
      Map.of(
          "training_leads", "not yet",
          "no_training", "no training known",
          "no_inference", "not served",
          "incomplete", "cluster uses not known");
  private static final Map<String, String> USES =
      Map.ofEntries(
          entry("training", "Training"),
          entry("inference", "Inference"),
          entry("notebooks", "Notebooks"),
          entry("data", "Data"),
          entry("storage", "Storage"),
          entry("network", "Network"),
          entry("managed", "Managed services"),
          entry("compute", "Compute without a record"),
          entry("platform", "Platform services"),
          entry("unsplit", "Not split: no records yet"),
          entry("correction", "Corrections"),
          entry("Other", "Other"));
  private static final Map<String, String> BENEFITS =
      Map.of(
          "revenue", "revenue",
          "cost_saved", "cost saved",
          "hours_saved", "hours saved",
          "customers_retained", "customers retained",
          "conversions", "conversions");
  private static final String STATED = "{0} at the value the table states";
  private static final Set<String> ASSUMPTIONS = Set.of("revenue as the table states it");
  private static final Map<String, String> IDLE_PARTS =
      Map.of(
          "free_accelerators", "Accelerators",
          "stranded", "CPU and memory beside accelerators",
          "other_nodes", "CPU and memory of nodes without accelerators",
          "correction", "Changes after the close of the month");
  private static final Map<String, String> TRAFFIC =
      Map.of(
          "no_traffic", "no traffic",
          "no_cost", "no cost",
          "endpoint_not_named", "(endpoint not named)");

  private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)\\}");

  private final Map<String, String> texts;
  private final Map<String, String> columns;

  /** Loads the texts of a language. Without a file for the language, the texts are English. */
  StatementTexts(Locale locale) {
    this.texts = texts("words", locale);
    this.columns = texts("columns", locale);
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
      Map<String, String> all = new HashMap<>(yaml(in));
      all.putAll(texts);
      return all;
    } catch (IOException e) {
      throw FileErrors.of(own, e);
    }
  }

  /** Returns the headings of columns of workbooks, by the name of the column; none in English. */
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

  /** Names the earlier value that a figure changed from. */
  String from(String earlier) {
    return say("from {0}", earlier);
  }

  String kind(String id) {
    if (id.startsWith(CORRECTION)) {
      return say("Correction of {0}", id.substring(CORRECTION.length()));
    }
    return say(KINDS.getOrDefault(id, id));
  }

  /** Returns the name of a kind of cost for the inside of a sentence: in lower case in English. */
  String within(String id) {
    String kind = kind(id);
    return texts.isEmpty() ? kind.toLowerCase(Locale.ROOT) : kind;
  }

  /** Explains an effect on the total. */
  String effect(String id) {
    return say(EFFECTS.getOrDefault(id, id));
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
    String word = say(DRIVERS.getOrDefault(driver, driver));
    return driver.equals(id) ? word : say("even parts: nobody had {0}", word);
  }

  /**
   * Explains why a benefit was not compared with a cost; null if it was compared, or if there is no
   * benefit.
   */
  @Nullable String remark(String status) {
    String remark = REMARKS.get(status);
    return remark == null ? null : say(remark);
  }

  /** Returns how an attempt of a run ended. */
  String status(String id) {
    return say(STATUSES.getOrDefault(id, id));
  }

  /** Returns what became of the work of a stretch of time. */
  String stretch(String id) {
    return say(STRETCHES.getOrDefault(id, id));
  }

  /** Explains why the cost of a run is unknown. */
  @Nullable String reason(@Nullable String id) {
    return id == null ? null : say(REASONS.getOrDefault(id, id));
  }

  /** Says by which prices a cost on demand is known. */
  @Nullable String priceBasis(@Nullable String ids) {
    return ids == null
        ? null
        : Stream.of(ids.split(", ", -1))
            .map(id -> say(PRICE_BASES.getOrDefault(id, id)))
            .collect(joining(", "));
  }

  /** Says why inference did not overtake the training of a model. */
  @Nullable String life(@Nullable String id) {
    return id == null ? null : say(LIVES.getOrDefault(id, id));
  }

  /** Returns what money was used for; the text itself if it is the category of a service. */
  String use(String id) {
    String use = USES.get(id);
    return use == null ? id : say(use);
  }

  /** Returns the kind of a benefit in words; of a kind that a company made up, its own words. */
  String benefit(String id) {
    String benefit = BENEFITS.get(id);
    return benefit == null ? spaced(id) : say(benefit);
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
    return say(IDLE_PARTS.getOrDefault(part, part));
  }

  /** Explains why an endpoint has no unit costs; empty if it has. */
  String traffic(@Nullable String id) {
    String status = id == null ? null : TRAFFIC.get(id);
    return status == null ? "" : say(status);
  }

  /** Returns the name of a receiver. A cost centre is named by its number. */
  String receiver(Statement.Receiver receiver) {
    String name = SafeNames.plain(receiver.title());
    return "cost_centre".equals(receiver.kind()) && name.startsWith(CENTRE)
        ? say("Cost centre {0}", name.substring(CENTRE.length()))
        : name;
  }

  String check(String id) {
    return say(CHECKS.getOrDefault(id, id));
  }
}
