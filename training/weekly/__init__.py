"""The weekly run: check the data, learn, judge the new model beside the live one, promote only the better."""
