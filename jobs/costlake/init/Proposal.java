package costlake.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The content of the proposed configuration.
 *
 * @param conf the configuration folder
 * @param company name of the company
 * @param currency the currency of most charges
 * @param others sources that are no bills
 * @param lists reference lists that were found
 * @param tagKeys for each canonical tag except the team tag, the tag keys of the bill with the same
 *     meaning
 */
record Proposal(
    Path conf,
    String company,
    String currency,
    List<BillSource> sources,
    List<SourceEntry> others,
    List<Path> lists,
    BillSurvey survey,
    ProposedTeams teams,
    Map<String, List<String>> tagKeys) {

  /**
   * A source of the configuration.
   *
   * @param kind kind of the source, as the configuration spells it
   * @param namesProvider whether each charge of the bill names its service provider
   * @param files number of files
   */
  record BillSource(String id, String kind, String location, boolean namesProvider, int files) {}
}
