package costlake.quota;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import costlake.config.Quota;
import costlake.core.Sha256;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes all quotas, with what was used of them, as JSON; also as a bundle of Open Policy Agent.
 */
final class PlainQuotas {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private PlainQuotas() {}

  /** Returns the file {@code quotas.json}. */
  static QuotaExport list(List<QuotaInForce> quotas, Map<String, QuotaUse> uses, LocalDate day) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("as_of", day.toString());
    document.put(
        "quotas", quotas.stream().map(quota -> fields(quota, uses.get(quota.id()))).toList());
    return new QuotaExport(Map.of("quotas.json", json(document)), List.of());
  }

  /**
   * Returns the files of a bundle: {@code data.json}, in which {@code data.costlake.quotas} has the
   * quotas by their ids, and {@code .manifest}, whose revision is the digest of the data.
   */
  static QuotaExport bundle(List<QuotaInForce> quotas, Map<String, QuotaUse> uses, LocalDate day) {
    Map<String, Object> byId = new LinkedHashMap<>();
    quotas.forEach(quota -> byId.put(quota.id(), fields(quota, uses.get(quota.id()))));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("as_of", day.toString());
    document.put("by_id", byId);
    String data = json(Map.of("costlake", Map.of("quotas", document)));
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("revision", Sha256.hex(data));
    manifest.put("roots", List.of("costlake/quotas"));
    Map<String, String> files = new LinkedHashMap<>();
    files.put("data.json", data);
    files.put(".manifest", json(manifest));
    return new QuotaExport(files, List.of());
  }

  private static Map<String, @Nullable Object> fields(
      QuotaInForce inForce, @Nullable QuotaUse use) {
    Quota quota = inForce.quota();
    Quota.Period period = quota.period();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", quota.id());
    fields.put("team", inForce.team());
    fields.put("accelerator_model", inForce.model());
    fields.put("measure", quota.measure().name().toLowerCase(Locale.ROOT));
    fields.put("currency", quota.currency());
    fields.put("period", period == null ? null : period.kind());
    fields.put("period_days", period == null ? null : period.days());
    fields.put("limit", inForce.amount());
    fields.put("borrowing", inForce.limit().borrowing());
    fields.put("lending", inForce.limit().lending());
    fields.put("current", use == null ? null : current(use));
    return fields;
  }

  private static Map<String, @Nullable Object> current(QuotaUse use) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("period_start", use.periodStart().toString());
    fields.put("period_end", use.periodEnd().toString());
    fields.put("used", plain(use.used()));
    fields.put("remaining", plain(use.remaining()));
    fields.put("is_over", use.isOver());
    fields.put("measured_until", Objects.toString(use.measuredUntil(), null));
    return fields;
  }

  private static @Nullable BigDecimal plain(@Nullable BigDecimal amount) {
    return amount == null ? null : new BigDecimal(amount.stripTrailingZeros().toPlainString());
  }

  private static String json(Object document) {
    try {
      return JSON.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + document, e);
    }
  }
}
