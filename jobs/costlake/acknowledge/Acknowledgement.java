package costlake.acknowledge;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a person says about an incident.
 *
 * @param isFalseAlarm whether it was no incident
 */
public record Acknowledgement(
    @JsonProperty("incidentId") String incidentId,
    @JsonProperty("isFalseAlarm") boolean isFalseAlarm) {}
