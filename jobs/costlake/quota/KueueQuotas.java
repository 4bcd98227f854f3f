package costlake.quota;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import costlake.config.Quota;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one {@code ClusterQueue} of Kueue for each team with quotas of accelerators held at one
 * time (kueue.x-k8s.io/v1beta2). A ClusterQueue has no unit for money and no period.
 */
final class KueueQuotas {
  private static final String KUEUE = "Kueue";
  private static final String COHORT = "costlake";
  private static final String ANY_FLAVOR = "accelerators";
  private static final String ANY_RESOURCE = "nvidia.com/gpu";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private final Accelerators accelerators;
  private final EnforcerNames teams = new EnforcerNames(KUEUE, Map.of());
  private final EnforcerNames flavors;
  private final List<String> leftOut = new ArrayList<>();

  private KueueQuotas(Accelerators accelerators, Map<String, String> names) {
    this.accelerators = accelerators;
    this.flavors = new EnforcerNames(KUEUE, names);
  }

  /** Returns the file {@code kueue.yaml}. */
  static QuotaExport of(
      List<QuotaInForce> quotas, Accelerators accelerators, Map<String, String> names) {
    return new KueueQuotas(accelerators, names).export(quotas);
  }

  private QuotaExport export(List<QuotaInForce> quotas) {
    StringBuilder text = new StringBuilder();
    for (QuotaInForce quota : quotas) {
      if (!quota.limits(Quota.Measure.ACCELERATORS)) {
        leaveOut(quota, "it knows what is held at one time, and neither hours nor money");
      }
    }
    QuotaExport.byTeam(quotas.stream().filter(q -> q.limits(Quota.Measure.ACCELERATORS)))
        .forEach((team, held) -> queue(team, held).ifPresent(queue -> text.append(yaml(queue))));
    return new QuotaExport(Map.of("kueue.yaml", text.toString()), leftOut);
  }

  private void leaveOut(QuotaInForce quota, String why) {
    leftOut.add(quota.leftOut(KUEUE, why));
  }

  private Optional<Map<String, Object>> queue(String team, List<QuotaInForce> held) {
    List<Map<String, Object>> groups = groups(held);
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    if (shares(held)) {
      spec.put("cohortName", COHORT);
    }
    spec.put("namespaceSelector", Map.of());
    spec.put("resourceGroups", groups);
    Map<String, Object> queue = new LinkedHashMap<>();
    queue.put("apiVersion", "kueue.x-k8s.io/v1beta2");
    queue.put("kind", "ClusterQueue");
    queue.put("metadata", Map.of("name", teams.of(team)));
    queue.put("spec", spec);
    return Optional.of(queue);
  }

  private static boolean shares(List<QuotaInForce> held) {
    return held.stream().anyMatch(quota -> quota.limit().shares());
  }

  /** Returns a group for each kind of resource, with a flavor for each accelerator model. */
  private List<Map<String, Object>> groups(List<QuotaInForce> held) {
    Map<String, List<Map<String, Object>>> byResource = new TreeMap<>();
    boolean shares = shares(held);
    for (QuotaInForce quota : held) {
      resource(quota, held)
          .ifPresent(
              resource ->
                  byResource
                      .computeIfAbsent(resource, r -> new ArrayList<>())
                      .add(flavor(quota, resource, shares)));
    }
    List<Map<String, Object>> groups = new ArrayList<>();
    byResource.forEach(
        (resource, listed) ->
            groups.add(ordered("coveredResources", List.of(resource), "flavors", listed)));
    return groups;
  }

  /** Returns the resource that a quota limits; empty if Kueue cannot limit it. */
  private Optional<String> resource(QuotaInForce quota, List<QuotaInForce> ofTeam) {
    String model = quota.model();
    if (model == null && ofTeam.size() > 1) {
      leaveOut(quota, "it limits each accelerator model of a team alone, or all together");
      return Optional.empty();
    }
    if (model == null) {
      leftOut.add(
          quota.partly(KUEUE, "for " + ANY_RESOURCE + " alone: no accelerator model is named"));
      return Optional.of(ANY_RESOURCE);
    }
    Optional<String> resource = accelerators.resource(model);
    if (resource.isEmpty()) {
      leaveOut(quota, "the resource of vendor '" + accelerators.vendor(model) + "' is not known");
    }
    return resource;
  }

  private Map<String, Object> flavor(QuotaInForce quota, String resource, boolean shares) {
    Map<String, Object> limits =
        ordered("name", resource, "nominalQuota", text(quota.limit().held()));
    if (shares) {
      limits.put("borrowingLimit", text(quota.limit().borrowing()));
      limits.put("lendingLimit", text(quota.limit().lending()));
    }
    String model = quota.model();
    String name = model == null ? ANY_FLAVOR : flavors.of(model);
    return ordered("name", name, "resources", List.of(limits));
  }

  private static String text(@Nullable Integer number) {
    return Integer.toString(Objects.requireNonNullElse(number, 0));
  }

  private static Map<String, Object> ordered(String first, Object a, String second, Object b) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(first, a);
    values.put(second, b);
    return values;
  }

  private static String yaml(Map<String, Object> queue) {
    try {
      return YAML.writeValueAsString(queue);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + queue, e);
    }
  }
}
