package costlake.init;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/**
 * Summarises the bills that were read and the configuration that was written.
 *
 * @param cost billed cost of the bill by currency
 * @param tagKeys spellings of the key of the tag whose values are teams; empty if each account is a
 *     team
 * @param teams number of proposed teams
 */
public record InitReport(
    Path conf,
    long charges,
    List<YearMonth> months,
    Map<String, BigDecimal> cost,
    List<String> tagKeys,
    int teams,
    List<String> notices) {
  public InitReport {
    months = List.copyOf(months);
    tagKeys = List.copyOf(tagKeys);
    notices = List.copyOf(notices);
  }

  static InitReport of(Proposal proposal, List<String> notices) {
    BillSurvey survey = proposal.survey();
    return new InitReport(
        proposal.conf(),
        survey.charges(),
        List.copyOf(survey.months()),
        survey.cost(),
        proposal.teams().keys(),
        proposal.teams().names().size(),
        notices);
  }
}
