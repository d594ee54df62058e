#!/bin/sh
# Writes docs/measurements-release.md: what the tests of the public edition
# measure. Run it at the top of the repository. What falls short is written by
# hand at the end of that file and stays.
set -eu
# A test that fails is a FAIL in the table, not the end of the script.
run() { go test "$1" -run "^($2)\$" -count=1 -v -timeout 580s 2>&1 || true; }
out=docs/measurements-release.md
list=$(RECOUNT_MEASURE=1 run ./internal/release 'TestReleaseRefusals|TestWordsThatAreNoNames|TestNamesHoweverTheyAreWritten|TestEditionsThatDifferByFewPeople|TestThreeEditionsTogether|TestRareCombinations|TestOrdinaryProseIsNoCombination|TestTheMildestWayOutOfACombination|TestTheCheckIsQuick|TestMeasuresEqualSdcMicro|TestPeopleOfAStudyOf58|TestRangesEqualTryingEveryPopulation|TestBoundsEqualTryingEverything|TestALadderBeforeOther|TestWaysOfGivingAway|TestRounds|TestThingsAlone|TestWhatManyStoriesHave|TestAnOverriddenTotalTellsItsParts|TestWaysOfPacking|TestNamesThatAreWordsInProse|TestNamesOfOthersInProse')
gone=$(RECOUNT_PEOPLE=1000 run ./internal/study 'TestNothingOfARemovedPersonIsLeft|TestRemovalFromManyPeople|TestPublishOfManyPages')
kept=$(run ./internal/study 'TestVaultNoPlaintext|TestMoveIntoVault|TestNamesInEveryPlaceOfAnEdition|TestWhatACodebookClaims|TestWhatAReportSaysInManyWays|TestFreshTexts'; run ./internal/report 'TestWhatAPublicSentenceClaims'; run ./internal/cli 'TestNothingOfTheVaultLeaves')
killed=$(RECOUNT_BARS=1 run ./internal/cli TestVaultKilledAtAnyMoment)
beside=$(Rscript docs/sdcmicro.R 2>&1 || true)
# The example's edition: refused, changed as it proposes, written, and read by three who look for names.
example=$(mktemp -d)
trap 'rm -rf "$example"' EXIT
go build -o "$example/recount" ./cmd/recount
edition=$(cd "$example" && ./recount demo -q --no-serve order >/dev/null && cd order &&
	{ ../recount publish || true; } | sed -n 's/^\(not to be published as it is: .*\)/refused: \1/p' &&
	{ ../recount --as ada publish --apply all ../edition || true; } | sed -n '/^public edition 1: /p' | sed "s|$example/||" &&
	{ ../recount publish --check ../edition || true; } | sed -n '/would name/p')
line() { printf '%s\n' "$1" | sed -n "s/^ *[a-z_]*test\.go:[0-9]*: \($2.*\)/\1/p" | sed 's/^/    /'; }
status() { # of a test, with how many cases it has
	printf '%s\n' "$1" | awk -v t="$2" '$1 == "---" && $3 == t { print $2; next } $1 == "---" && index($3, t "/") == 1 { n++; if ($2 != "PASS:") bad++ }
		END { if (n) printf "(%d cases, %d failed)", n, bad }' | tr '\n' ' ' | sed 's/: *$//; s/: (/ (/; s/: / /'
}
{
cat <<END
# Measurements of the public edition

Made by \`sh docs/measure-release.sh\` on $(date +%Y-%m-%d) of commit $(git rev-parse --short HEAD). The machine has two cores and was shared (load when it began $(cut -d' ' -f1 /proc/loadavg)): times are upper bounds.

| what | bar | result |
|---|---|---|
| oracles O-1 to O-7 and the 58 people of O-9 against sdcMicro's figures, to 1e-6 | all | $(status "$list" TestMeasuresEqualSdcMicro), $(status "$list" TestPeopleOfAStudyOf58) |
| ranges of hidden numbers against trying every population | equal | $(status "$list" TestRangesEqualTryingEveryPopulation), $(status "$list" TestBoundsEqualTryingEverything) |
| public list of releases: no unsafe one passed, at most a tenth of the safe refused | 0, 10% | $(status "$list" TestReleaseRefusals) |
| ways of writing a protected name, each found | all | $(status "$list" TestNamesHoweverTheyAreWritten) |
| texts without a protected name, refused | 10% | $(status "$list" TestWordsThatAreNoNames) |
| editions that differ by few people through different tables, each refused, and those that do not, passed | all | $(status "$list" TestEditionsThatDifferByFewPeople) |
| what three editions tell together, refused, and what they do not, passed | all | $(status "$list" TestThreeEditionsTogether) |
| facts that together tell of one person, refused; ordinary prose, passed; the mildest change first | all | $(status "$list" TestRareCombinations), $(status "$list" TestOrdinaryProseIsNoCombination), $(status "$list" TestTheMildestWayOutOfACombination) |
| the check of 58 people in 10 tables, and of 1,000 in 40 | 1 s, 30 s | $(status "$list" TestTheCheckIsQuick) |
| 20 words of a removed person in every file of the folder, unpacked | 0 | $(status "$gone" TestNothingOfARemovedPersonIsLeft) |
| a protected name in 18 ways at 14 places of report.md, in titles, labels and codes: each a reason, none printed | all | $(status "$kept" TestNamesInEveryPlaceOfAnEdition) |
| words that no number carries, small numbers in words and claims, in prose and labels: each a reason; what people are said to have said passes | all | $(status "$kept" TestWhatAPublicSentenceClaims), $(status "$kept" TestWhatACodebookClaims) |
| quarters, half years, years and provinces before "other" | all | $(status "$list" TestALadderBeforeOther) |
| 20 sealed names in the study, its exports, copies and file of keys | 0 | $(status "$kept" TestVaultNoPlaintext) |
| 20 sealed names in a public edition, reports, every answer of the workbench, the image of a killed process | 0 | $(status "$kept" TestNothingOfTheVaultLeaves) |
| what was typed before, moved into the vault: left in any file | 0 | $(status "$kept" TestMoveIntoVault) |
| kinds of texts that give somebody away, each beside texts that come near; a tenth of these may be refused | 0, 10% | $(status "$list" TestWaysOfGivingAway) |
| rounds of sentences that were written before they were tried, sentences about things alone, and the report of the example with such sentences; a tenth of the safe may be refused | 0, 10% | $(status "$list" TestRounds), $(status "$list" TestThingsAlone), $(status "$kept" TestFreshTexts) |
| words that as many stories have together as the rule asks for; parts of a total that two people overrode | all | $(status "$list" TestWhatManyStoriesHave), $(status "$list" TestAnOverriddenTotalTellsItsParts) |
| ways of packing a name inside a file, and what holds none | all | $(status "$list" TestWaysOfPacking) |
| sentences in the report of the example, through \`recount publish\` | 0, 10% | $(status "$kept" TestWhatAReportSaysInManyWays) |
| prose of ours, refused for a name that is a word, and for one that no text holds | 10% | $(status "$list" TestNamesThatAreWordsInProse), $(status "$list" TestNamesOfOthersInProse) |
| the vault killed at 25 moments of each of five verbs | whole or not | $(status "$killed" TestVaultKilledAtAnyMoment) |

The list of releases:

$(line "$list" '[0-9]* unsafe,')

Names:

$(line "$list" '[0-9]* texts')
$(line "$list" '[0-9]* names that no text')
$(line "$list" '[0-9]* sentences of')

Ways of giving away, of packing, and sentences of a report:

$(line "$list" '[0-9]* unsafe texts')
$(line "$list" '[0-9]* ways of packing')
$(line "$kept" '[0-9]* unsafe sentences')
$(line "$list" 'round [a-z]*:')
$(line "$list" '[0-9]* unsafe sentences about things')

The check, with every small number hidden (the state in which most is searched); first alone (both sizes), then beside an earlier edition of the same tables with one person fewer and beside two, the second with half of the tables:

$(line "$list" '[0-9]* people, ')

What speaks against an edition, asked of as many people on as many pages, all protected:

$(line "$gone" '[0-9]* people on')

The removal (bar 5 s), and kills of the vault:

$(line "$gone" 'removed in')
$(line "$gone" '1 of [0-9]* people')
$(line "$killed" '[a-z]*: [0-9]* of')

Beside R (\`Rscript docs/sdcmicro.R\`), the 58 people of O-9:

$beside

The example, from \`recount publish\` to its edition, and three readers with a search box over its pages (\`recount publish --check\`; the bar is 2% of the protected):

$(printf '%s\n' "$edition" | sed 's/^/    /')

END
sed -n '/^## Where it falls short/,$p' "$out"
} > "$out.new"
mv "$out.new" "$out"
