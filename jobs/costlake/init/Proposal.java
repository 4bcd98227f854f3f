package costlake.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The content of the proposed configuration.
 *
 * @param conf its folder
 * @param company name of the company
 * @param currency currency of most charges
 * @param tagKeys canonical tag to the keys of the bill that mean it; not of the team
 */
record Proposal(
    Path conf,
    String company,
    String currency,
    List<BillSource> sources,
    BillSurvey survey,
    ProposedTeams teams,
    Map<String, List<String>> tagKeys) {

  /**
   * A source to be written.
   *
   * @param kind as it is configured
   * @param namesProvider whether each charge of the bill names its service provider
   * @param files number of files
   */
  record BillSource(String id, String kind, String location, boolean namesProvider, int files) {}
}
