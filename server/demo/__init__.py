"""The demo county: wholly invented, the same for the same seed and last day.

county.yaml  who and what there is, and how often things happen
facts.py     reads it
dice.py      chance, and ids, from a seed
plan.py      draws places, people, pairs and the visits of the last weeks: values, no database
answers.py   a visit's answers, as the form itself would have worked them out
network.py   the demo page's switch 断网
routes.py    what the demo page asks
talk.py      what a supervisor asks back, and a word to and fro
fill.py      puts the plan into the database, visits through the same door as phones'
"""
