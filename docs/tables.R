# Two results of a study, computed again from its tables.
#
#   recount export tables TABLES
#   Rscript docs/tables.R TABLES
#
# It prints how many of the people counted are women, and how many people carry
# each top code, with the range of the number of people over the open questions.
# Nothing but base R is needed.

folder <- commandArgs(trailingOnly = TRUE)[1]
table <- function(name) read.csv(file.path(folder, paste0(name, ".csv")), na.strings = "", check.names = FALSE, colClasses = "character", encoding = "UTF-8")

people <- table("people")
counted <- people[people$counted == "1", ]
women <- sum(counted$gender == "woman", na.rm = TRUE)
cat(sprintf("people %d\n", nrow(counted)))
cat(sprintf("women %d of %d\n", women, nrow(counted)))

# From the long table: a person carries a code if a statement does. Who was not coded
# is no part of the whole.
coded <- sum(counted$coded == "1", na.rm = TRUE)
statements <- table("statements")
statements <- statements[statements$counted == "1", ]
codes <- grep("^code:[^.]*$", names(statements), value = TRUE)
for (code in codes) {
  carry <- unique(statements$person[statements[[code]] == "1"])
  cat(sprintf("%s %d of %d\n", sub("^code:", "", code), length(carry), coded))
}

scenarios <- table("scenarios")
cat(sprintf("range %s to %s\n", scenarios$low[1], scenarios$high[1]))
