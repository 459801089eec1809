"""The demo county: wholly invented, the same for the same seed and last day.

county.yaml  who and what there is, and how often things happen
facts.py     reads it
dice.py      chance, and ids, from a seed
plan.py      draws places, people, teams and pairs of a county of any size: values, no database
people.py    who lives where
teams.py     who is in which team
days.py      what happened on each day, as a stream
answers.py   a visit's answers, as the form itself would have worked them out
album.py     which visits brought a picture; scenes.py draws it out of things.py, on paper.py
founding.py  puts the county into the database as it was before the story
fill.py      tells the story: in bulk what lies back, the last days through the same doors as phones and desks
sending.py   a phone's exchange
talk.py      what a supervisor asks back, and a word to and fro
network.py   the demo page's switch 断网
routes.py    what the demo page asks
"""
