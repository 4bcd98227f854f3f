package costlake.report;

import org.jspecify.annotations.Nullable;

/**
 * Parts of a page that only a site has; a mailed page has none of them.
 *
 * @param policy the content security policy: nothing is loaded from anywhere
 * @param script the script that sorts and searches tables
 * @param explained relative address of the page that says where each line comes from; null without
 */
public record SiteParts(String policy, String script, @Nullable String explained) {}
