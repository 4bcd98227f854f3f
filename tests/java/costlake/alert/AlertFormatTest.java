package costlake.alert;

import static costlake.alert.SampleAlerts.COMPANY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.config.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares requests with those that the receivers document. */
class AlertFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Alert ALERT =
      SampleAlerts.of("search/2026-09-01/actual/80", "search", Severity.WARNING);

  private static AlertMessage message(Alert alert) {
    return AlertMessage.of("r", alert);
  }

  private static AlertMessage digest(int alerts) {
    return new AlertMessage(
        "r/digest/2026-09-21",
        "r",
        IntStream.rangeClosed(1, alerts)
            .mapToObj(i -> SampleAlerts.of("b" + i, null, List.of(Severity.values()).get(i % 4)))
            .toList());
  }

  private static JsonNode sent(AlertFormat format, AlertMessage message) {
    return parsed(format.body(message));
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  @Test
  void slackGetsBlocksOfPlainText() {
    assertThat(sent(new SlackFormat(COMPANY), message(ALERT)))
        .isEqualTo(
            parsed(
                """
                {"text": "Budget search/2026-09-01/actual/80: 80 % reached",
                 "blocks": [
                   {"type": "header", "text": {"type": "plain_text", "emoji": false,
                     "text": "Budget search/2026-09-01/actual/80: 80 % reached"}},
                   {"type": "section", "text": {"type": "plain_text", "emoji": false,
                     "text": "USD 24,100.00 of 30,000.00.\\n80 % were reached <on> 20 September."}},
                   {"type": "context", "elements": [{"type": "plain_text", "emoji": false,
                     "text": "Aldermoor <Labs> · warning"}]}]}
                """));
  }

  @Test
  void noNameMentionsAChannelOfSlack() {
    Alert shouting = SampleAlerts.of("<!channel> & co", "search", Severity.INFO);
    assertThat(sent(new SlackFormat(COMPANY), message(shouting)).get("text").asText())
        .isEqualTo("Budget &lt;!channel&gt; &amp; co: 80 % reached");
  }

  @Test
  void aDigestOfSlackHasAtMostFiftyBlocksAndSaysHowManyAreLeftOut() {
    JsonNode three = sent(new SlackFormat(COMPANY), digest(3));
    assertThat(three.get("text").asText()).isEqualTo("3 alerts");
    assertThat(three.get("blocks")).hasSize(5);
    assertThat(three.at("/blocks/1/text/text").asText())
        .startsWith("Budget b1: 80 % reached\nUSD 24,100.00");
    assertThat(three.at("/blocks/4/elements/0/text").asText())
        .isEqualTo("Aldermoor <Labs> · critical");
    JsonNode many = sent(new SlackFormat(COMPANY), digest(60));
    assertThat(many.get("blocks")).hasSize(50);
    assertThat(many.at("/blocks/49/elements/0/text").asText())
        .isEqualTo(
            "Aldermoor <Labs> · critical · 12 more: ops.alert_outbox has r/digest/2026-09-21");
  }

  @Test
  void teamsGetsAnAdaptiveCard() {
    assertThat(sent(new TeamsFormat(COMPANY), message(ALERT)))
        .isEqualTo(
            parsed(
                """
                {"type": "message", "attachments": [{
                  "contentType": "application/vnd.microsoft.card.adaptive",
                  "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard", "version": "1.4",
                    "body": [
                      {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "weight": "Bolder", "color": "Warning",
                        "text": "Budget search/2026-09-01/actual/80: 80 % reached"}]},
                      {"type": "RichTextBlock", "inlines": [{"type": "TextRun",
                        "text": "USD 24,100.00 of 30,000.00."}]},
                      {"type": "RichTextBlock", "inlines": [{"type": "TextRun",
                        "text": "80 % were reached <on> 20 September."}]},
                      {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "isSubtle": true,
                        "text": "Aldermoor <Labs> · warning"}]}]}}]}
                """));
  }

  @Test
  void aCardOfTeamsIsBelowItsLimitAndSaysHowManyAreLeftOut() {
    TeamsFormat format = new TeamsFormat(COMPANY);
    String most = format.body(digest(1_000));
    assertThat(most.getBytes(StandardCharsets.UTF_8).length)
        .isBetween(TeamsFormat.BYTES_MAX - 600, TeamsFormat.BYTES_MAX - 1);
    JsonNode body = parsed(most).at("/attachments/0/content/body");
    int shown = (body.size() - 2) / 3;
    assertThat(body.get(0).at("/inlines/0/text").asText()).isEqualTo("1000 alerts");
    assertThat(body.get(body.size() - 1).at("/inlines/0/text").asText())
        .endsWith(" · " + (1_000 - shown) + " more: ops.alert_outbox has r/digest/2026-09-21");
    Alert longest =
        new Alert(
            "k".repeat(100),
            "i",
            AlertEvent.TRIGGER,
            Severity.INFO,
            null,
            "€".repeat(5_000),
            "\"€".repeat(5_000),
            Map.of(),
            Instant.EPOCH,
            Instant.EPOCH);
    assertThat(format.body(message(longest)).getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(TeamsFormat.BYTES_MAX);
  }

  @Test
  void pagerDutyGetsEventsWithOneKeyForAllOfAnAlert() {
    PagerDutyFormat format = new PagerDutyFormat("k3y", COMPANY);
    assertThat(sent(format, message(ALERT)))
        .isEqualTo(
            parsed(
                """
                {"routing_key": "k3y", "event_action": "trigger",
                 "dedup_key": "costlake/budget_threshold/search/2026-09-01/actual/80",
                 "payload": {
                   "summary": "Budget search/2026-09-01/actual/80: 80 % reached",
                   "source": "Aldermoor <Labs>", "severity": "warning",
                   "timestamp": "2026-09-20T00:00:00Z", "component": "search", "class": "budget_threshold",
                   "custom_details": {"amount": "30000", "used": "24100",
                     "text": "USD 24,100.00 of 30,000.00.\\n80 % were reached <on> 20 September."}}}
                """));
    assertThat(sent(format, message(ALERT.then(AlertEvent.RESOLVE, Instant.EPOCH))))
        .isEqualTo(
            parsed(
                """
                {"routing_key": "k3y", "event_action": "resolve",
                 "dedup_key": "costlake/budget_threshold/search/2026-09-01/actual/80"}
                """));
    assertThat(
            sent(format, message(ALERT.then(AlertEvent.ACKNOWLEDGE, Instant.EPOCH)))
                .get("event_action")
                .asText())
        .isEqualTo("acknowledge");
  }

  @Test
  void longKeysOfPagerDutyStayApart() {
    PagerDutyFormat format = new PagerDutyFormat("k3y", COMPANY);
    List<String> keys =
        List.of("a", "b").stream()
            .map(end -> SampleAlerts.of("x".repeat(300) + end, null, Severity.INFO))
            .map(alert -> sent(format, message(alert)).get("dedup_key").asText())
            .toList();
    assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.length() == 255);
  }

  @Test
  void alertmanagerGetsLabelsThatStayTheSameUntilTheEnd() {
    AlertmanagerFormat format = new AlertmanagerFormat(COMPANY);
    String expected =
        """
        [{"labels": {"alertname": "costlake_budget_threshold", "alert_id": "search/2026-09-01/actual/80",
            "company": "Aldermoor <Labs>", "severity": "warning", "team": "search"},
          "annotations": {"amount": "30000", "used": "24100",
            "summary": "Budget search/2026-09-01/actual/80: 80 %% reached",
            "description": "USD 24,100.00 of 30,000.00.\\n80 %% were reached <on> 20 September."},
          "startsAt": "2026-09-20T00:00:00Z", "endsAt": "%s"}]
        """;
    assertThat(sent(format, message(ALERT)))
        .isEqualTo(parsed(expected.formatted("2026-10-31T00:00:00Z")));
    Instant end = Instant.parse("2026-10-02T04:00:00Z");
    assertThat(sent(format, message(ALERT.then(AlertEvent.RESOLVE, end))))
        .isEqualTo(parsed(expected.formatted("2026-10-02T04:00:00Z")));
  }

  @Test
  void anyReceiverGetsJson() {
    assertThat(sent(new JsonFormat(COMPANY), message(ALERT)))
        .isEqualTo(
            parsed(
                """
                {"version": 1, "message_id": "r/budget_threshold/search/2026-09-01/actual/80",
                 "company": "Aldermoor <Labs>",
                 "alerts": [{"kind": "budget_threshold", "id": "search/2026-09-01/actual/80",
                   "event": "trigger", "severity": "warning", "team": "search",
                   "title": "Budget search/2026-09-01/actual/80: 80 % reached",
                   "text": "USD 24,100.00 of 30,000.00.\\n80 % were reached <on> 20 September.",
                   "starts_at": "2026-09-20T00:00:00Z", "ends_at": "2026-10-31T00:00:00Z",
                   "facts": {"amount": "30000", "used": "24100"}}]}
                """));
    assertThat(sent(new JsonFormat(COMPANY), digest(3)).get("alerts")).hasSize(3);
  }

  @Test
  void textsAreSafeToShowAndNeverCutWithinACharacter() {
    Alert alert =
        new Alert(
            "k",
            "i",
            AlertEvent.TRIGGER,
            Severity.INFO,
            null,
            "a\u202Eb\n" + "x".repeat(144) + "\uD83D\uDE00\uD83D\uDE00",
            "one\ntwo\u0007",
            Map.of("name", "v".repeat(200)),
            Instant.EPOCH,
            Instant.EPOCH);
    assertThat(alert.title()).isEqualTo("a b " + "x".repeat(144) + "…");
    assertThat(alert.text()).isEqualTo("one\ntwo");
    Alert silent =
        new Alert(
            "k",
            "i",
            AlertEvent.TRIGGER,
            Severity.INFO,
            null,
            "t",
            " ",
            Map.of(),
            Instant.EPOCH,
            Instant.EPOCH);
    assertThat(silent.text()).as("Slack refuses an empty text").isEqualTo("t");
    assertThat(
            sent(new PagerDutyFormat("k3y", COMPANY), message(silent))
                .at("/payload")
                .has("component"))
        .isFalse();
    assertThat(alert.facts().get("name")).hasSize(150).endsWith("v…");
  }
}
