package figures

import "testing"

// One number is not one quantity, and bounds that exclude each other do not agree.
func TestKindred(t *testing.T) {
	type kase struct {
		one, other string
		a, b       string // wordings, of Post and Star
		want       Relation
	}
	for kind, cases := range map[string][]kase{
		"shares of one whole that say other things": {
			{"Of the 58 members of the Order, half were born abroad.", "Of the 58 members of the Order, 62% are women.", "half", "62%", ""},
			{"Of the 58 members of the Order, 62% are women.", "Of the 58 members of the Order, half were born abroad.", "62%", "half", ""},
			{"Of the 58 pupils of Holm School, a third speak Danish.", "Of the 58 pupils of Holm School, 62% have a bicycle.", "a third", "62%", ""},
			{"Of the 58 guards of Camp Sund, 24% smoke.", "Of the 58 guards of Camp Sund, 62% own a dog.", "24%", "62%", ""},
			{"Of the 58 cooks of the Hotel Grand, 60% are married.", "Of the 58 cooks of the Hotel Grand, a quarter are deaf.", "60%", "a quarter", ""},
			{"Of the 58 nuns of Saint Orla, 31% were born abroad.", "Of the 58 nuns of Saint Orla, 62% were born abroad.", "31%", "62%", Conflict},
			{"Of the 58 nuns of Saint Orla, 31% sing.", "Of the 58 nuns of Saint Orla, 62% sing in the choir.", "31%", "62%", Conflict},
			{"Of the 58 members of the Order, 62% are women.", "Women are 50% of the 58 members of the Order.", "62%", "50%", ""},
			{"Of the 58 members of the Order, half have voted for the rule.", "Of the 58 members of the Order, 62% voted for the rule.", "half", "62%", Conflict},
			{"Of the 58 clerks of the Varn bank, half walked to work.", "Of the 58 clerks of the Varn bank, 50% walked to work.", "half", "50%", Copied},
		},
		"wholes of one size": {
			{"Of the 58 sailors of the union in Brandal, a third had come from other villages. The strike began on Monday.", "Of the 58 delegates at the congress of teachers in Lowmoor, 62% voted for the new wage. The congress ended on Friday.", "58", "58", ""},
			{"Of the 58 sailors of the union in Brandal, a third had come from other villages. The strike began on Monday.", "Of the 58 delegates at the congress of teachers in Lowmoor, 62% voted for the new wage. The congress ended on Friday.", "a third", "62%", ""},
			{"Of the 58 migrants held in Brandal, a third were children. They were held on Monday.", "Of the 58 delegates of the party in Lowmoor, 62% voted for the new leader. They met on Friday.", "58", "58", ""},
			{"Of the 58 migrants held in Brandal, a third were children. They were held on Monday.", "Of the 58 delegates of the party in Lowmoor, 62% voted for the new leader. They met on Friday.", "a third", "62%", ""},
			{"Order\nThe Order has 58 members. Half were born abroad.", "Choir\nThe choir has 58 members. 62% are women.", "Half", "62%", ""},
			{"Order\nThe Order has 58 members. Half were born abroad.", "Choir\nThe choir has 58 members. 62% are women.", "58", "58", ""},
			{"The bus had 41 passengers.", "The parish has 41 teachers.", "41", "41", ""},
			{"The court heard 33 witnesses on Monday.", "The mill hired 33 drivers on Monday.", "33", "33", ""},
			{"Of the 58 passengers of the bus, 24% were hurt on Monday.", "Of the 58 witnesses in the trial in Ardmore, 62% were heard by Friday.", "24%", "62%", ""},
			{"The bus to Ardmore had 41 passengers.", "There were 41 people on the bus to Ardmore.", "41", "41", Agrees},
			{"Of the 58 members of the Order, half were born abroad.", "The Order has 58 members.", "58", "58", Agrees},
			{"The report counts 58 miners who left.", "The report names 58 defectors.", "58", "58", Agrees},
		},
		"bounds that exclude each other": {
			{"Forty passengers of the ferry died on Monday off Skelda.", "More than 40 passengers of the ferry died on Monday off Skelda.", "Forty", "More than 40", Conflict},
			{"Forty passengers of the ferry died on Monday off Skelda.", "Fewer than 40 passengers of the ferry died on Monday off Skelda.", "Forty", "Fewer than 40", Conflict},
			{"More than 40 passengers of the ferry died on Monday off Skelda.", "Fewer than 40 passengers of the ferry died on Monday off Skelda.", "More than 40", "Fewer than 40", Conflict},
			{"Nine people died in the quake in Brandal on Monday.", "Fewer than 9 people died in the quake in Brandal on Monday.", "Nine", "Fewer than 9", Conflict},
			{"Nine people died in the quake in Brandal on Monday.", "Over nine people died in the quake in Brandal on Monday.", "Nine", "Over nine", Conflict},
			{"Forty passengers of the ferry died on Monday off Skelda.", "At least 40 passengers of the ferry died on Monday off Skelda.", "Forty", "At least 40", Agrees},
			{"Forty passengers of the ferry died on Monday off Skelda.", "Up to 40 passengers of the ferry died on Monday off Skelda.", "Forty", "Up to 40", Agrees},
			{"Forty passengers of the ferry died on Monday off Skelda.", "About 40 passengers of the ferry died on Monday off Skelda.", "Forty", "About 40", Agrees},
			{"More than 40 passengers of the ferry died on Monday off Skelda.", "Forty passengers of the ferry died on Monday off Skelda.", "More than 40", "Forty", Degraded},
			{"At least 40 passengers of the ferry died on Monday off Skelda.", "Forty passengers of the ferry died on Monday off Skelda.", "At least 40", "Forty", Degraded},
		},
	} {
		for _, k := range cases {
			groups := reconcileHeaded([]page{{"Post", "2031-03-01", k.one}, {"Star", "2031-03-02", k.other}}, nil)
			if got := relationOf(groups, [2]string{"Post", k.a}, [2]string{"Star", k.b}); got != k.want {
				t.Errorf("%s:\n\t%s\n\t%s\n%q and %q: %q, want %q; groups:\n%s", kind, k.one, k.other, k.a, k.b, got, k.want, show(groups))
			}
		}
	}
}
